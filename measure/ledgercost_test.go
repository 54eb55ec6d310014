package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestLedgerCostsOneList: the entries of a sprint's issues are put into one list, not each issue's into its own.
func TestLedgerCostsOneList(t *testing.T) {
	const issues = 200
	var story strings.Builder
	frame := "until 2026-11-20\nsprint 1 S1 closed 2026-11-02T09:00 2026-11-13T17:00 2026-11-13T17:00"
	for n := range issues {
		fmt.Fprintf(&story, "K-%d 2026-10-30 points=3 sprint=1\n  2026-11-05T10:00 status=done\n", n+1)
	}
	team := measure.Of(storytest.Read(t, frame, story.String()))
	span := team.Index.SprintSpan(1, team.Index.History.Sprints[0].At(team.Now()), team.Now())
	members := team.Index.Memberships(span)
	if got := len(measure.LedgerOf(team.Index, span, members).Entries); got != 2*issues {
		t.Fatalf("%d entries, want %d", got, 2*issues)
	}
	got := testing.AllocsPerRun(5, func() { measure.LedgerOf(team.Index, span, members) })
	if got > issues/4 {
		t.Errorf("%v allocations for %d issues", got, issues)
	}
}
