package outlook

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/workstate"
	"jerem/measure/storytest"
)

// historyOfInitiative is a history whose epics are all of one initiative.
func historyOfInitiative(name string, issues int64) *agile.History {
	h := storytest.BigHistoryOf(issues)
	storytest.SetApart(h, teamsMade.Add(1))
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
	changed.Status = append(slices.Clone(changed.Status[:1]),
		agile.Step[string]{From: agile.MomentOf(next.Until), Order: 99, Value: "6"})
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
			if b.State() != workstate.Done {
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

// TestEpicsOfSeveralTeams: an epic that several teams have counts once, with the first of them that is asked; the
// reasons say so, and what else a team has of the initiative is its own.
func TestEpicsOfSeveralTeams(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	first := initiativeTeam("first", at, 20, -1)
	same := *first.Team.History()
	same.Team.Name = "same"
	more := same
	more.Team.Name = "more"
	epic, story := *more.Issues[1], *more.Issues[2]
	epic.ID, epic.Key = 900, agile.Constant(epic.Created, "K-900")
	story.ID, story.Key = 901, agile.Constant(epic.Created, "K-901")
	story.EpicLink = agile.Constant(epic.Created, "K-900")
	more.Issues = append(slices.Clone(more.Issues), &epic, &story)
	second, third := Asked{Team: measure.Of(&same), At: at}, Asked{Team: measure.Of(&more), At: at}
	alone, _ := AskInitiative([]Asked{first}, "Cloud", q426)
	for _, c := range []struct {
		teams   []Asked
		parts   string
		reasons []string
	}{
		{[]Asked{first, second}, "[{first 0 2}]", []string{"same: 1 epic of first too, counted there: K-2"}},
		{[]Asked{second, first}, "[{same 0 2}]", []string{"first: 1 epic of same too, counted there: K-2"}},
		{[]Asked{first, third, second}, "[{first 0 2} {more 0 1}]", []string{
			"more: 1 epic of first too, counted there: K-2", "same: 1 epic of first too, counted there: K-2"}},
		{[]Asked{third, first}, "[{more 0 3}]", []string{"first: 1 epic of more too, counted there: K-2"}},
	} {
		f, _ := AskInitiative(c.teams, "Cloud", q426)
		row, _ := initiativeRow(c.teams, "Cloud", q426)
		issues := 0
		for _, part := range PartsOf(c.teams, "Cloud", q426) {
			issues += part.Issues
		}
		if got := fmt.Sprint(PartsOf(c.teams, "Cloud", q426)); got != c.parts || f.Issues != issues ||
			f.Remaining != issues || len(f.Teams) != strings.Count(got, "{") || len(row.Teams) != len(f.Teams) {
			t.Errorf("%s, %d issues of %s: want %s", got, f.Issues, f.Teams, c.parts)
		}
		for _, reason := range c.reasons {
			if !slices.Contains(f.Quality.Reasons, reason) || f.Quality.Grade == grade.Whole {
				t.Errorf("%s: %s %q, want %q", c.parts, f.Quality.Grade, f.Quality.Reasons, reason)
			}
		}
		if len(f.Teams) == 1 && f.Issues == 2 && *f.Dates.P85 != *alone.Dates.P85 {
			t.Errorf("%s: %s, alone %s", c.parts, *f.Dates.P85, *alone.Dates.P85)
		}
		want := map[int]string{2: "1 of 2 open issues", 3: "1 of 3 open issues"}[issues]
		if risk := f.riskOfPlan(f.teamsWithEpic(c.teams)); risk == nil || !strings.HasPrefix(risk.Text, want) {
			t.Errorf("%s: the risk is %+v, want %s", c.parts, risk, want)
		}
	}
}
