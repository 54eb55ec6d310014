package outlook

import (
	"testing"

	"jerem/measure"
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
	known := inquiry.epicsAt(workUnit{unit: team.Unit(), team: team}, at)
	first, _ := team.Lookup("E-1")
	known.counted[first.ID][0].estimate += 100
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
