package series

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTally: a tally that goes on tells what one of all points tells, whether or not it can go on; where the last piece
// has more points than it had, these alone are read; where it is another, or another comes after it, what stands before
// it is not.
func TestTally(t *testing.T) {
	wentOn, replaced := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		was := drawn(t, "was").Pieces
		tally := Tally{}.GoOn(nil, was)
		now := drawn(t, "other").Pieces
		if last := len(was) - 1; last >= 0 && rapid.Bool().Draw(t, "goes on") {
			now = slices.Clone(was)
			for n := range rapid.IntRange(0, 3).Draw(t, "more points") {
				now[last].Points = append(now[last].Points, Point{int64(1e12 + n), Double(float64(n) / 2)})
			}
			if rapid.IntRange(0, 4).Draw(t, "ends now") == 0 {
				now[last].End = at(1000)
			}
			if more := drawn(t, "more").Pieces; rapid.IntRange(0, 4).Draw(t, "goes on with others") == 0 {
				now = append(now[:rapid.IntRange(last, last+1).Draw(t, "stand")], more...)
			}
		}
		want := (&Extent{Pieces: now}).Digest()
		if isLonger(was, now) {
			wentOn++
			first := &now[len(now)-1].Points[0]
			first.Tick-- // which is not read
			defer func() { first.Tick++ }()
		} else if _, count := tally.hashOfStanding(was, now); count > 0 {
			replaced++
			if first := was[0].Points; len(first) > 0 {
				first[0].Tick--
				defer func() { first[0].Tick++ }()
			}
		}
		if got := tally.GoOn(was, now).Digest(); got != want {
			t.Fatalf("the digest is %s, of all points %s", got, want)
		}
	})
	if (wentOn == 0 || replaced == 0) && !testing.Short() { // the few draws of a short run may hold none
		t.Error("no tally went on")
	}
}
