package portfolio

import (
	"testing"
	"time"

	"jerem/measure/outlook"
	"jerem/web/format"
)

// TestAtBest: a row of which some teams tell nothing says what the others do as a bound, and what it lacks; it stands
// among the others by that bound.
func TestAtBest(t *testing.T) {
	odds, date := 0.4, "2026-12-12"
	row := outlook.Row{Kind: outlook.KindInitiative, State: outlook.StateUnknown, Why: "New: cannot tell yet",
		AtBest: &outlook.AtBest{Without: []string{"New"}, Odds: &odds, Dates: outlook.LevelDates{P85: &date}}}
	line := oddsRow{Odds: "–", Date: "–", Risk: "some epic", row: row}
	line.tellAtBest(*row.AtBest, time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC))
	if line.OddsBound+" "+line.Odds != "at most 40"+format.Thin+"%" ||
		line.DateBound+" "+line.Date != "not before Sat 12 Dec" || line.Risk != "New: cannot tell yet" ||
		oddsOrNone(line) != odds {
		t.Errorf("%s, %s, %s, in order of %v", line.Odds, line.Date, line.Risk, oddsOrNone(line))
	}
	odds, line.OddsBound = 0.004, ""
	if line.tellAtBest(*row.AtBest, time.Time{}); line.OddsBound+line.Odds != "under 1"+format.Thin+"%" {
		t.Errorf("a bound of hardly any odds is told as %q", line.Odds)
	}
	row.AtBest.Without = []string{"New", "Newer"}
	line.tellAtBest(*row.AtBest, time.Time{})
	if line.Risk != "of 2 teams nothing can be told: New, Newer" {
		t.Errorf("two teams are told as %q", line.Risk)
	}
	untold := oddsRow{Odds: "–", Date: "–", row: outlook.Row{Why: "why"}}
	untold.tellAtBest(outlook.AtBest{}, time.Time{})
	if untold.Odds != "–" || untold.Date != "–" {
		t.Errorf("no bound is told as %s, %s", untold.Odds, untold.Date)
	}
}
