package sprint

import (
	"testing"

	"jerem/agile"
	"jerem/web/format"
)

// TestLikelyAmountIsNoMoreThanThereIs: what is likely to be left is told whole, and is never more than what is left
// now.
func TestLikelyAmountIsNoMoreThanThereIs(t *testing.T) {
	for _, c := range []struct {
		unit    agile.Unit
		x, most float64
		want    string
	}{{agile.Points, 8.5, 8.5, "8.5"}, {agile.Points, 8.5, 9.5, "9"}, {agile.Points, 0.6, 0.5, "0.5"},
		{agile.Points, 3.4, 8, "3"}, {agile.Seconds, 5400, 9000, "1.5"}, {agile.Issues, 2.5, 5, "3"}} {
		w := format.Words{}
		w.Unit = c.unit
		if got := likelyAmount(w, c.x, c.most); got != c.want {
			t.Errorf("%v of %v %s: %s, want %s", c.x, c.most, c.unit, got, c.want)
		}
	}
}
