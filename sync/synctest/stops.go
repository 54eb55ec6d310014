package synctest

import (
	"strconv"
	"testing"
)

// Sample returns all of a list of cases that are alike, under -short every second one.
func Sample[T any](list []T) []T {
	if !testing.Short() {
		return list
	}
	var some []T
	for n := 0; n < len(list); n += 2 {
		some = append(some, list[n])
	}
	return some
}

// EachStop runs a test for every stop from 1 on, side by side; under -short for every seventh.
func EachStop(t *testing.T, total int, test func(t *testing.T, stop int)) {
	t.Helper()
	if total < 10 {
		t.Fatalf("%d steps are too few to stop at", total)
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for stop := 1; stop <= total; stop += step {
		t.Run(strconv.Itoa(stop), func(t *testing.T) {
			t.Parallel()
			test(t, stop)
		})
	}
}
