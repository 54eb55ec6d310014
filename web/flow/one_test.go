package flow

import (
	"strings"
	"testing"

	"jerem/measure/flow"
)

// TestOneFinishedIssue: of one finished issue that was never in progress no "none of the 1" is told.
func TestOneFinishedIssue(t *testing.T) {
	for n, want := range map[int]string{1: "1 finished issue</a> was never in progress",
		2: "2 finished issues</a> none was ever in progress"} {
		v := page{F: &flow.Flow{CycleTime: flow.CycleTime{NeverInProgress: n}}}
		v.writeSentence(0)
		if !strings.Contains(string(v.Sentence), want) {
			t.Errorf("%d finished: %s", n, v.Sentence)
		}
	}
}
