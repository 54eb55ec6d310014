package inputs

import (
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestScopesOfAQuarter: the worked example of the room: the quarter counts both epics, and before the second one is
// done what remains of the first one, which was begun before it, is done.
func TestScopesOfAQuarter(t *testing.T) {
	team, at := measure.Of(storytest.Read(t, "", "E-1 2026-10-01 type=epic labels=Q4-26\n"+
		"E-2 2026-10-01 type=epic labels=Q4-26\n"+
		"K-1 2026-10-01 epic=E-1 points=3\n  2026-10-02 status=doing\n  2026-11-03 status=done\n"+
		"K-2 2026-10-01 epic=E-1 points=2\n"+
		"K-3 2026-10-01 epic=E-2 points=8\n  2026-10-05 status=doing\n"+
		"K-4 2026-10-01 epic=E-2")), november(20, 12)
	w := TeamWork{Unit: agile.Points, Team: team}
	quarter := w.QuarterScope(team.QuarterAt(at), nil, at)
	if quarter.Done != 3 || quarter.Remaining != 10 || quarter.Unestimated != 1 || quarter.OpenIssues() != 3 ||
		quarter.Deadline.String() != "2026-12-31" {
		t.Errorf("the quarter: %+v", quarter)
	}
	second, _ := team.Lookup("E-2")
	epic := w.EpicInTurn(second, nil, at)
	if epic.Done != 0 || epic.Remaining != 10 || epic.Earlier != 2 || epic.Unestimated != 1 {
		t.Errorf("the second epic: %+v", epic)
	}
	b := NewBasis(w, at, true)
	if growth := w.GrowthOf(epic, b, at); len(growth) != len(b.Past.Days) || len(growth) == 0 {
		t.Errorf("growth on %d days of %d", len(growth), len(b.Past.Days))
	}
}
