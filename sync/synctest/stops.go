package synctest

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"testing"
)

// Sample returns all of a list of cases that are alike, under -short every third one.
func Sample[T any](list []T) []T {
	if !testing.Short() {
		return list
	}
	var some []T
	for n := 0; n < len(list); n += 3 {
		some = append(some, list[n])
	}
	return some
}

// SampleOf yields all of a table of cases that are alike, by their names; under -short every third one.
func SampleOf[C any](cases map[string]C) iter.Seq2[string, C] {
	return func(yield func(string, C) bool) {
		for _, name := range Sample(slices.Sorted(maps.Keys(cases))) {
			if !yield(name, cases[name]) {
				return
			}
		}
	}
}

// EachStop runs a test for every stop from 1 on, side by side; under -short for every eleventh.
func EachStop(t *testing.T, total int, test func(t *testing.T, stop int)) {
	t.Helper()
	if total < 10 {
		t.Fatalf("%d steps are too few to stop at", total)
	}
	step := 1
	if testing.Short() {
		step = 11
	}
	for stop := 1; stop <= total; stop += step {
		t.Run(strconv.Itoa(stop), func(t *testing.T) {
			t.Parallel()
			test(t, stop)
		})
	}
}
