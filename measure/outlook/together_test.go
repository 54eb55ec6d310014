package outlook

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/workstate"
	"jerem/measure/storytest"
)

// historyOfInitiative is a history whose epics are all of one initiative.
func historyOfInitiative(name string, issues int64) *agile.History {
	h := storytest.BigHistoryOf(issues)
	h.Team.Name = name
	h.Team.Initiative.Label = regexp.MustCompile(`^Initiative (.+)$`)
	for n, i := range h.Issues {
		if i.Type.Last() == "epic" {
			i.Labels = agile.Constant(i.Created, append(slices.Clone(i.Labels.Last()), "Initiative 1"))
		} else if n%5 == 0 {
			i.Status = i.Status[:3] // it stays in progress
		}
	}
	return h
}

// TestInitiativesAreKept: of teams that nothing happened to, an initiative is not simulated again, and tells what it
// tells where it is; a change of one of the teams is seen.
func TestInitiativesAreKept(t *testing.T) {
	histories := []*agile.History{historyOfInitiative("A", 120), historyOfInitiative("B", 90)}
	until := histories[0].Issues[60].Created.AddDate(0, 0, 9)
	var teams []Asked
	for _, h := range histories {
		h.Until = until
		teams = append(teams, Asked{Team: measure.Of(h), At: until})
	}
	name := teams[0].Team.QuarterAt(until)
	ask := func() *InitiativeForecast {
		t.Helper()
		f, ok := AskInitiative(teams, "1", name)
		var anew []Asked
		for _, asked := range teams {
			anew = append(anew, Asked{Team: measure.Of(asked.Team.History()), At: asked.At})
		}
		want, _ := AskInitiative(anew, "1", name)
		got, wanted := tellForecast(t, f, teams), tellForecast(t, want, anew)
		if !ok || f.Deciding() == nil || got != wanted {
			t.Fatalf("%s\nwant %s", got, wanted)
		}
		return f
	}
	first := ask()
	for n := range teams {
		teams[n].At = teams[n].At.Add(time.Minute)
		teams[n].Team = teams[n].Team.AsOf(teams[n].At)
	}
	second := ask()
	if &second.deciding.projection.base.Days[0] != &first.deciding.projection.base.Days[0] {
		t.Error("nothing happened, and the initiative is simulated again")
	}
	if !second.At.After(first.At) || !second.deciding.At.After(first.deciding.At) {
		t.Errorf("a minute later it is as of %v and %v", second.At, second.deciding.At)
	}
	next := *histories[1]
	next.Until = teams[1].At.Add(time.Minute)
	place := slices.IndexFunc(next.Issues, func(i *agile.Issue) bool { return i.ID == openIssueOf(teams[1], name) })
	changed := *next.Issues[place]
	changed.Status = append(slices.Clone(changed.Status[:1]), agile.Step[string]{From: next.Until, Order: 99, Value: "6"})
	next.Issues = slices.Clone(next.Issues)
	next.Issues[place] = &changed
	teams[1] = Asked{Team: measure.Update(teams[1].Team, &next, []int64{changed.ID}), At: next.Until}
	if third := ask(); third.Remaining == second.Remaining {
		t.Error("an issue of a team is done, and the initiative tells the same")
	}
}

// openIssueOf is an issue of an epic of a quarter that is not done.
func openIssueOf(asked Asked, name measure.QuarterName) (open int64) {
	for _, m := range asked.Team.Roadmap.EpicsOf(name, asked.At) {
		for id, b := range asked.Team.Index.IssuesOfEpic(m.Issue.ID, asked.At) {
			if b.State != workstate.Done {
				open = max(open, id)
			}
		}
	}
	return open
}

// tellForecast writes an initiative, what decides it and what moved.
func tellForecast(t *testing.T, f *InitiativeForecast, teams []Asked) string {
	t.Helper()
	text, err := json.Marshal([]any{f, f.Deciding(), f.firstRisk(teams)})
	if err != nil {
		t.Fatal(err)
	}
	trend := TrendOf(teams, f)
	return fmt.Sprint(string(text), trend.Since, trend.DaysBefore, trend.DaysNow)
}
