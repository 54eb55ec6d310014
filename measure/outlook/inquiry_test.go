package outlook

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/outlook/inputs"
	"jerem/measure/storytest"
)

// TestEpicsLookedUpOnce: what the epics before one hold is looked up once for all questions of an inquiry about a
// moment, not for each epic of the quarter; what an inquiry holds does not grow with the moments it is asked for.
func TestEpicsLookedUpOnce(t *testing.T) {
	team, at := measure.Of(storytest.Read(t, "", "E-1 2026-10-01 type=epic labels=Q4-26\n"+
		"E-2 2026-10-01 type=epic labels=Q4-26\nE-3 2026-10-01 type=epic labels=Q4-26\n"+
		"K-1 2026-10-01 epic=E-1 points=3\n  2026-10-02 status=doing\n"+
		"K-2 2026-10-01 epic=E-2 points=5\n  2026-10-03 status=doing\n"+
		"K-3 2026-10-01 epic=E-3 points=8")), november(20, 0)
	inquiry := About(team)
	remaining := func(epic string) float64 {
		t.Helper()
		f, err := inquiry.AskDates(Question{Epic: epic}, at)
		if err != nil {
			t.Fatal(err)
		}
		return *f.Remaining
	}
	if e1, e2, e3 := remaining("E-1"), remaining("E-2"), remaining("E-3"); e1 != 3 || e2 != 8 || e3 != 16 {
		t.Fatalf("%v, %v and %v are left, want 3, 8 and 16", e1, e2, e3)
	}
	known := inquiry.epicsAt(inputs.TeamWork{Unit: team.Unit(), Team: team}, at)
	first, _ := team.Lookup("E-1")
	known.IssuesOf(first.ID)[0].Estimate += 100
	if got := remaining("E-3"); got != 116 {
		t.Errorf("%v left until the last epic: the first one was looked up again", got)
	}
	for day := range 10 {
		if _, err := inquiry.AskDates(Question{Epic: "E-3"}, november(10+day, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if len(inquiry.recent) > recentMoments {
		t.Errorf("%d moments are held", len(inquiry.recent))
	}
}

// TestEachMomentOnce: an inquiry that asks of each moment once tells what another one tells, holds what a few moments
// rest on, and leaves nothing of it in the history.
func TestEachMomentOnce(t *testing.T) {
	history := storytest.SteadyTeam(november(20, 9), 40, 20, -1)
	team := measure.Of(history)
	once, other := AboutEachMomentOnce(team), About(measure.Of(history))
	quarter := team.QuarterAt(november(1, 9))
	u := inputs.TeamWork{Unit: team.Unit(), Team: team}
	for day := range 19 {
		at := november(1+day, 12)
		got, err := once.Figures(Question{Quarter: &quarter}, at)
		want, failed := other.Figures(Question{Quarter: &quarter}, at)
		if diff := cmp.Diff(want, got); diff != "" || err != nil || failed != nil {
			t.Fatalf("%v: %v, %v (-kept +once):\n%s", at, failed, err, diff)
		}
		asked := 0 // how much is not kept
		for _, epicsOnly := range []bool{false, true} {
			index.Recall(team.Index, inputs.BasisKeyOf(u, at, epicsOnly), func() *inputs.Basis { asked++; return nil })
		}
		measure.InStep(team, at, answerKey{quarter: quarter, part: onlyProjection}, func() (none projected) {
			asked++
			return none
		})
		if asked != 3 {
			t.Errorf("%v: the history keeps %d of what the inquiry computed", at, 3-asked)
		}
	}
	if held := len(once.bases); held > basesHeld {
		t.Errorf("%d bases are held", held)
	}
}
