package index

import (
	"slices"
	"time"

	"jerem/agile"
)

// EachChange calls put for the moment of each step of a field.
func EachChange[T any](tl agile.Timeline[T], put func(time.Time)) {
	for _, s := range tl {
		put(s.From)
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

// Later returns the later one of two moments.
func Later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
