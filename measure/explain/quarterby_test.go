package explain

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestFormulaTellsWhatPutsEpicsIntoQuarters: the formula of a quarter's total says by what its epics belong to it.
func TestFormulaTellsWhatPutsEpicsIntoQuarters(t *testing.T) {
	h := storytest.Read(t, "version 7 Q4-26", `
E-1 2026-08-01T10:00 type=epic fix=7 due=2026-12-31 labels=Q4-26
K-1 2026-08-02T10:00 epic=1 points=5`)
	for by, want := range map[agile.QuarterBy]string{
		agile.ByLabel:      "epics that carry the quarter's label;",
		agile.ByFixVersion: "epics that stand in the quarter's version;",
		agile.ByDueDate:    "epics that are due in the quarter;",
	} {
		h.Team.Quarter.By = by
		team := measure.Of(h)
		name := measure.QuarterName{Number: 4, Year: 2026}
		list := Quarter(team, team.Quarter(name, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)))
		total := list[0]
		if total.Figure.Name != "total" || !strings.Contains(total.Figure.Formula, want) || *total.Value != 5 {
			t.Errorf("by %s: %s = %v by %q, want %q", by, total.Figure.Name, *total.Value, total.Figure.Formula, want)
		}
	}
}
