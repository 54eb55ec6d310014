package track

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCutCostsOneList: a part of a track has the points that lie in it and the values at its ends, in one list of its
// own.
func TestCutCostsOneList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hour := func(n int) time.Time { return time.Date(2026, 11, 2, n, 0, 0, 0, time.UTC) }
		tr := Track{Class: "total"}
		for n := range 12 {
			if rapid.Bool().Draw(t, "changes") {
				tr.Set(hour(n), float64(rapid.IntRange(0, 3).Draw(t, "value")))
			}
		}
		from, closing := hour(rapid.IntRange(-1, 12).Draw(t, "from")), false
		to := time.Time{}
		if rapid.Bool().Draw(t, "ends") {
			to = from.Add(time.Duration(rapid.IntRange(0, 13).Draw(t, "hours")) * time.Hour)
			closing = rapid.Bool().Draw(t, "closing")
		}
		want := []Point{{from, tr.Value(from)}}
		for _, p := range tr.Points {
			if p.At.After(from) && (to.IsZero() || p.At.Before(to)) {
				want = append(want, p)
			}
		}
		switch {
		case closing && to.Equal(from):
			want[0].Value = tr.Value(to)
		case closing:
			want = append(want, Point{to, tr.Value(to)})
		}
		if got := tr.Cut(from, to, closing); !slices.Equal(got.Points, want) || !got.End.Equal(to) {
			t.Fatalf("of %v from %v to %v: %v, want %v", tr.Points, from, to, got.Points, want)
		}
		if got := testing.AllocsPerRun(5, func() { tr.Cut(from, to, closing) }); got > 1 {
			t.Errorf("%v allocations", got)
		}
	})
}
