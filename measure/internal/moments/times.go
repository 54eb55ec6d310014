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

// SortedTimes returns the moments of a set, the earliest first.
func SortedTimes(set map[time.Time]bool) []time.Time {
	out := make([]time.Time, 0, len(set))
	for at := range set {
		out = append(out, at)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}
