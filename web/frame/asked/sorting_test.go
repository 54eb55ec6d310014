package asked

import (
	"slices"
	"testing"
)

// TestCompareNames: numbers in names are ordered by value, whatever stands around them.
func TestCompareNames(t *testing.T) {
	want := []string{"", "007", "7", "10", "Team 1", "Team 2b", "Team 9", "Team 10", "Team 10 a",
		"Team 99999999999999999999", "Team 100000000000000000000", "teams", "\u0641 2", "\u0641 11"}
	for seed := range len(want) {
		got := append(slices.Clone(want[seed:]), want[:seed]...)
		slices.Reverse(got)
		slices.SortFunc(got, compareNames)
		if !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	for _, a := range want {
		for _, b := range want {
			if compareNames(a, b) != -compareNames(b, a) {
				t.Errorf("%q and %q are ordered in two ways", a, b)
			}
		}
	}
}
