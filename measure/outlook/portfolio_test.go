package outlook

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storycheck"
	"jerem/measure/storytest"
)

// initiativeTeam is a steady team whose epic of the quarter is of an initiative.
func initiativeTeam(name string, at time.Time, open ...float64) Asked {
	h := storytest.SteadyTeam(at, open...)
	h.Team.Name = name
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Project_Cloud", "Q4-26"})
	return Asked{measure.Of(h), at}
}

// TestInitiative: the team with more to do decides; what one team does alone is what its epic's forecast says.
func TestInitiative(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	small, large, none := initiativeTeam("small", at, 10), initiativeTeam("large", at,
		60), Asked{measure.Of(storytest.SteadyTeam(at, 5)), at}
	f, ok := AskInitiative([]Asked{small, none, large}, "Cloud", q426)
	if !ok || len(f.Teams) != 2 || *f.Decides != "large" || f.Remaining != 2 {
		t.Fatalf("%+v", f)
	}
	alone := ask(t, large.Team.Index.History, Question{Epic: "K-2"}, at)
	if storycheck.Maybe(f.Dates.P85) != storycheck.Maybe(alone.Dates.P85) ||
		storycheck.Maybe(f.Odds) != storycheck.Maybe(alone.Odds) || f.State != alone.State {
		t.Errorf("over teams %s with odds of %s, the large one alone %s with %s", storycheck.Maybe(f.Dates.P85),
			storycheck.Maybe(f.Odds), storycheck.Maybe(alone.Dates.P85), storycheck.Maybe(alone.Odds))
	}
	if _, ok := AskInitiative([]Asked{small}, "Sky", q426); ok {
		t.Error("an initiative that nobody names is told")
	}
	done, _ := AskInitiative([]Asked{initiativeTeam("done", at)}, "Cloud", q426)
	if done.State != StateDone || done.Odds != nil {
		t.Errorf("nothing left: %+v", done)
	}
	young := storytest.SteadyStart.AddDate(0, 0, 3)
	f, _ = AskInitiative([]Asked{large, initiativeTeam("young", young, 8)}, "Cloud", q426)
	if f.State != StateUnknown || f.Why != "young: cannot tell yet: 3 of 10 working days of history" {
		t.Errorf("a team without history: %s %q", f.State, f.Why)
	}
	if names := Initiatives([]Asked{small, none, large}, q426); len(names) != 1 || names[0] != "Cloud" {
		t.Errorf("initiatives %v", names)
	}
}

// TestPortfolioRows: rows tell what the forecasts tell, and the first risk.
func TestPortfolioRows(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	late := initiativeTeam("late", at, 400)
	row, err := TeamRow(late.Team, q426, at)
	if err != nil || row.State != StateUnlikely || row.Risk.What != "epic" ||
		storycheck.Maybe(row.Risk.Issue) != "K-2" || *row.Progression != 0 {
		t.Errorf("%+v %+v %v", row, row.Risk, err)
	}
	of, _ := InitiativeRow([]Asked{late}, "Cloud", q426)
	if of.State != row.State || storycheck.Maybe(of.Odds) != storycheck.Maybe(row.Odds) || of.Kind != KindInitiative ||
		of.Risk == nil {
		t.Errorf("the initiative of one team is not what the team is: %+v", of)
	}
	fine := initiativeTeam("fine", at, 4, -1)
	row, _ = TeamRow(fine.Team, q426, at)
	if row.State != StateOnTrack || row.Risk.What != "unestimated" ||
		row.Risk.Text != "1 of 2 open issues without an estimate" {
		t.Errorf("%+v %+v", row, row.Risk)
	}
	over := time.Date(2027, 1, 20, 8, 0, 0, 0, time.UTC)
	row, _ = TeamRow(initiativeTeam("over", over, 4).Team, q426, over)
	if row.Told == nil || row.Came != nil || row.Told.Odds == nil {
		t.Errorf("a quarter that is over and was not done: came %v, told %v", row.Came, row.Told)
	}
}
