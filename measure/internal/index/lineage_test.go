package index

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
)

// TestDifferingFrom: what differs from an index some updates back is told, sub-tasks included; of one too far back, or
// of another line, it is not known.
func TestDifferingFrom(t *testing.T) {
	h := storytest.Read(t, "", "K-1 2026-11-02\nK-2 2026-11-02 type=sub parent=K-1\nK-3 2026-11-02")
	x := New(h)
	first, other := x.Contents(), New(h).Contents()
	check := func(what string, of Contents, known bool, want ...int64) {
		t.Helper()
		if got, ok := x.DifferingFrom(of); ok != known || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v, want %v", what, got, ok, want)
		}
	}
	touch := func(places ...int) {
		t.Helper()
		next := *x.given
		next.Issues, next.Until = slices.Clone(next.Issues), next.Until.Add(time.Hour)
		for _, place := range places {
			changed := *next.Issues[place]
			changed.Status = append(slices.Clone(changed.Status),
				agile.Step[string]{From: agile.MomentOf(next.Until), Order: 9, Value: "6"})
			next.Issues[place] = &changed
		}
		y, _, ok := x.Updated(&next, nil)
		if !ok {
			t.Fatal("indexed anew")
		}
		x = y
	}
	check("itself", first, true)
	touch()
	check("a reading without news", first, true)
	touch(2)
	second := x.Contents()
	touch(0)
	check("the one before", second, true, 1, 2)
	check("two back", first, true, 1, 2, 3)
	check("another line", other, false)
	check("none", Contents{}, false)
	for range leastAncestors - 1 {
		touch(2)
	}
	check("as far as is known", second, true, 1, 2, 3)
	check("too far", first, false)
}

// TestLineageIsLong: of a team of more issues than changed it is known after many updates what differs, but not after
// as many as one likes.
func TestLineageIsLong(t *testing.T) {
	h := storytest.BigHistoryOf(2 * mostAncestors)
	x := New(h)
	first := x.Contents()
	for n := range mostAncestors + 1 {
		next := *x.given
		next.Issues, next.Until = slices.Clone(next.Issues), next.Until.Add(time.Hour)
		changed := *next.Issues[n]
		next.Issues[n] = &changed
		y, _, ok := x.Updated(&next, nil)
		if !ok {
			t.Fatal("indexed anew")
		}
		x = y
		if ids, known := x.DifferingFrom(first); known != (n < mostAncestors) || known && len(ids) != n+1 {
			t.Fatalf("after %d updates %d issues are known to differ: %v", n+1, len(ids), known)
		}
	}
}
