package sorting

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestBy: a list is put in the order in which slices.SortStableFunc puts it.
func TestBy(t *testing.T) {
	type pair struct{ key, place int }
	byKey := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
	rapid.Check(t, func(t *rapid.T) {
		var list []pair
		for n, key := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 100).Draw(t, "keys") {
			list = append(list, pair{key, n})
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, byKey)
		if By(list, byKey); !slices.Equal(list, want) {
			t.Fatalf("got %v, want %v", list, want)
		}
	})
}

// TestOrderCostsNothing: a list that is in order takes no memory, and one that is not is moved in place.
func TestOrderCostsNothing(t *testing.T) {
	list := make([]int, 1000)
	ascending := func(a, b int) int { return cmp.Compare(a, b) }
	for n := range list {
		list[n] = n
	}
	if n := testing.AllocsPerRun(10, func() { By(list, ascending) }); n > 0 {
		t.Errorf("a list in order takes %.0f pieces of memory, want none", n)
	}
	if n := testing.AllocsPerRun(10, func() {
		slices.Reverse(list)
		By(list, ascending)
	}); n > 5 {
		t.Errorf("a list of %d elements takes %.0f pieces of memory, want those of one list of places", len(list), n)
	}
}
