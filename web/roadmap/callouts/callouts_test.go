package callouts

import (
	"strings"
	"testing"

	"jerem/measure/outlook"
)

// TestCalloutsOfSeveralRules: where the call-outs of the rules do not add up, the note says of how many there are and
// why; where they do, it does not.
func TestCalloutsOfSeveralRules(t *testing.T) {
	rules := []outlook.RulePrice{{Rule: "DiskFull", Callouts: 3}, {Rule: "Latency", Callouts: 2}}
	for callouts, want := range map[int]bool{4: true, 5: false} {
		f := &outlook.Forecast{Price: &outlook.Price{OnCall: &outlook.OnCallPrice{Callouts: callouts, ByRule: rules}}}
		note := Of(f).Note
		if strings.Contains(note, "Of 4 call-outs those of several rules count in each") != want {
			t.Errorf("%d call-outs, 3 and 2 by rule: %s", callouts, note)
		}
	}
}
