package flow

import (
	"slices"
	"strings"
	"testing"

	"jerem/measure/flow"
)

// TestNoteOfLimits: what lies below the lower limit is not told to lie beyond the upper one, and a limit reads so that
// whole days show on which side of it they lie.
func TestNoteOfLimits(t *testing.T) {
	for _, c := range []struct {
		limits flow.Limits
		drawn  []float64
		want   string
	}{
		{flow.Limits{Mean: 1.5, Lower: 1.04, Upper: 1.96, Outside: []string{"AA-149"}}, []float64{1.96, 1.04},
			"the limits of ordinary variation, 1.04 and 1.96 days; AA-149 lies beyond the limits."},
		{flow.Limits{Mean: 3, Upper: 7.46, Outside: []string{"AA-1", "AA-2"}}, []float64{7.46},
			"the upper limit of ordinary variation, 7.5 days; AA-1, AA-2 lie beyond it."},
		{flow.Limits{Mean: 2, Lower: 2, Upper: 2}, []float64{2},
			"the upper limit of ordinary variation, 2 days; nothing lies beyond it."},
	} {
		if note := noteOfLimits(&c.limits); !strings.HasSuffix(note, c.want) {
			t.Errorf("told %q, want %q", note, c.want)
		}
		if drawn := limitsToDraw(&c.limits); !slices.Equal(drawn, c.drawn) {
			t.Errorf("draws %v, want %v", drawn, c.drawn)
		}
	}
}
