package moments

import (
	"slices"
	"time"

	"jerem/agile"
)

// EachChange calls put for the moment of each step of a field.
func EachChange[T any](tl agile.Timeline[T], put func(time.Time)) {
	for _, s := range tl {
		put(s.From.Time())
	}
}

// EachOfIssue calls put for each moment at which a kept field of an issue changed its value.
func EachOfIssue(i *agile.Issue, put func(time.Time)) {
	EachChange(i.Key, put)
	EachChange(i.Summary, put)
	EachChange(i.Project, put)
	EachChange(i.Type, put)
	EachChange(i.Status, put)
	EachChange(i.Resolution, put)
	EachChange(i.Sprints, put)
	EachChange(i.Parent, put)
	EachChange(i.EpicLink, put)
	EachChange(i.Labels, put)
	EachChange(i.FixVersions, put)
	EachChange(i.Due, put)
	EachChange(i.Flagged, put)
	for _, numbers := range i.Numbers.All() {
		EachChange(numbers, put)
	}
	for _, options := range i.Options.All() {
		EachChange(options, put)
	}
}

// LastOfIssue returns the last moment, up to another one, at which a kept field of an issue changed its value; the zero
// time where none did. Of each field the steps before that are not looked at.
func LastOfIssue(i *agile.Issue, until time.Time) time.Time {
	m := agile.MomentOf(until)
	last := max(lastStep(i.Key, m), lastStep(i.Summary, m), lastStep(i.Project, m), lastStep(i.Type, m),
		lastStep(i.Status, m), lastStep(i.Resolution, m), lastStep(i.Sprints, m), lastStep(i.Parent, m),
		lastStep(i.EpicLink, m), lastStep(i.Labels, m), lastStep(i.FixVersions, m), lastStep(i.Due, m),
		lastStep(i.Flagged, m))
	for _, numbers := range i.Numbers.All() {
		last = max(last, lastStep(numbers, m))
	}
	for _, options := range i.Options.All() {
		last = max(last, lastStep(options, m))
	}
	return last.Time()
}

// lastStep returns the moment of the last step of a field up to a moment, the zero moment for none.
func lastStep[T any](tl agile.Timeline[T], until agile.Moment) agile.Moment {
	for _, s := range slices.Backward(tl) {
		if s.From <= until {
			return s.From
		}
	}
	return 0
}

// SortedTimes returns the moments of a set, the earliest first.
func SortedTimes(set map[time.Time]bool) []time.Time {
	out := make([]time.Time, 0, len(set))
	for at := range set {
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}
