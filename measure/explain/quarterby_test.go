package explain

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/outlook"
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

// TestRecordInWords: the width is borrowed until a team has twenty outcomes of its own.
func TestRecordInWords(t *testing.T) {
	const borrowed = "; the width is borrowed from other projects until the team has 20 of its own"
	at := func(held, of int) []outlook.CalibrationAt {
		return []outlook.CalibrationAt{{}, {}, {P: 0.85, Held: held, Of: of}, {}}
	}
	for _, c := range []struct {
		record outlook.Calibration
		want   string
	}{
		{outlook.Calibration{Own: 0, Prior: 20, At: at(0, 0)}, "no such date of this team has come yet" + borrowed},
		{outlook.Calibration{Own: 1, Prior: 20, At: at(1, 1)}, "of 1 such date 1 held" + borrowed},
		{outlook.Calibration{Own: 19, Prior: 20, At: at(16, 19)}, "of 19 such dates 16 held" + borrowed},
		{outlook.Calibration{Own: 20, Prior: 20, At: at(17, 20)}, "of 20 such dates 17 held"},
		{outlook.Calibration{Own: 60, Prior: 5, At: at(50, 60)}, "of 60 such dates 50 held"},
	} {
		if got := RecordInWords(c.record); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
