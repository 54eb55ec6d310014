package difference

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
)

// Since returns the first moment at which two readings of an issue may differ; false where they differ in what has no
// moment. Of issues that are the same it is far ahead.
func Since(a, b *agile.Issue) (time.Time, bool) {
	if !a.Created.Equal(b.Created) || !slices.Equal(a.Key, b.Key) || !maps.Equal(a.Broken, b.Broken) ||
		!slices.Equal(a.Relatives, b.Relatives) {
		return time.Time{}, false
	}
	first := never
	first = earliest(first, differsSince(a.Summary, b.Summary, equal))
	first = earliest(first, differsSince(a.Project, b.Project, equal))
	first = earliest(first, differsSince(a.Type, b.Type, equal))
	first = earliest(first, differsSince(a.Status, b.Status, equal))
	first = earliest(first, differsSince(a.Resolution, b.Resolution, equal))
	first = earliest(first, differsSince(a.Sprints, b.Sprints, slices.Equal))
	first = earliest(first, differsSince(a.Parent, b.Parent, equal))
	first = earliest(first, differsSince(a.EpicLink, b.EpicLink, equal))
	first = earliest(first, differsSince(a.Labels, b.Labels, slices.Equal))
	first = earliest(first, differsSince(a.FixVersions, b.FixVersions, slices.Equal))
	first = earliest(first, differsSince(a.Due, b.Due, equal))
	first = earliest(first, differsSince(a.Flagged, b.Flagged, equal))
	first = earliest(first, sinceFields(a.Numbers, b.Numbers, equal))
	return earliest(first, sinceFields(a.Options, b.Options, slices.Equal)), true
}

// never is the moment since which what is the same differs.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func equal[T comparable](a, b T) bool { return a == b }

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// sinceFields returns since when any of some fields differs.
func sinceFields[T any](a, b agile.Fields[T], equal func(a, b T) bool) time.Time {
	first := never
	for id, past := range a.All() {
		first = earliest(first, differsSince(past, b.Of(id), equal))
	}
	for id, past := range b.All() {
		first = earliest(first, differsSince(a.Of(id), past, equal))
	}
	return first
}

// differsSince returns since when a field differs.
func differsSince[T any](a, b agile.Timeline[T], equal func(a, b T) bool) time.Time {
	n := 0
	for n < len(a) && n < len(b) && a[n].From.Equal(b[n].From.Time()) && a[n].Order == b[n].Order &&
		equal(a[n].Value, b[n].Value) {
		n++
	}
	first := never
	if n < len(a) {
		first = a[n].From.Time()
	}
	if n < len(b) {
		first = earliest(first, b[n].From.Time())
	}
	return first
}

// SinceTimeline is [Since] for what a reading tells of an issue beside its fields.
func SinceTimeline(a, b agile.Timeline[bool]) time.Time { return differsSince(a, b, equal) }

// SinceWorklogs returns when the first of the worklogs came to be known that two readings do not share; false where one
// is no longer what it was.
func SinceWorklogs(a, b []agile.Worklog) (time.Time, bool) {
	first, known := never, map[int64]agile.Worklog{}
	for _, log := range a {
		known[log.ID] = log
	}
	for _, log := range b {
		was, told := known[log.ID]
		if told && was != log {
			return time.Time{}, false
		}
		if !told {
			first = earliest(first, log.Created)
		}
		delete(known, log.ID)
	}
	return first, len(known) == 0
}

// SinceTexts is [Since] for one field of several texts.
func SinceTexts(a, b agile.Timeline[[]string]) time.Time { return differsSince(a, b, slices.Equal) }
