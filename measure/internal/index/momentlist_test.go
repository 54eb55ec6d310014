package index

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure/storytest"
)

// TestLastChange: the last change up to a moment is the same whether each issue is looked at or a list of all moments;
// the list is made when it was asked some times, also where these were asked of the history before an update.
func TestLastChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		x := New(h)
		at := h.Until.Add(-time.Duration(rapid.Int64Range(0, int64(90*24*time.Hour)).Draw(t, "before")))
		want := int64(math.MinInt64)
		for _, history := range x.Histories.All() {
			for _, s := range history {
				if moment := s.At().UnixMicro(); moment <= at.UnixMicro() {
					want = max(want, moment)
				}
			}
		}
		for n := range fewAsked + 2 {
			if got := LastChange(x, at); got != want {
				t.Errorf("asked for the %d. time: %d, want %d", n+1, got, want)
			}
			if isMade := n >= fewAsked; x.changes.made != isMade {
				t.Errorf("asked %d times: the list was made: %v", n+1, x.changes.made)
			}
			x.changes = x.changes.goOn(x, nil)
		}
	})
}
