package onpage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

func maybeOf[T any](x T) *T { return &x }

// plainSpaces writes narrow spaces as plain ones.
func plainSpaces(text string) string { return strings.ReplaceAll(text, "\u202f", " ") }

// TestPortfolioRow: a row says of itself what it is: its odds with both dates, what came and what was told of a quarter
// that is over, which team decides, how the date moved and the first risk.
func TestPortfolioRow(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	dates := outlook.LevelDates{P50: maybeOf("2026-12-08"), P85: maybeOf("2027-01-04")}
	for _, c := range []struct {
		name    string
		row     outlook.Row
		shown   string
		numbers string
		notes   []string
		issues  []string
	}{
		{"a team at risk", outlook.Row{Name: "K8S", Kind: outlook.KindTeam, State: outlook.StateAtRisk,
			Odds: maybeOf(0.5), Dates: dates, TrendDays: maybeOf(-3), Decides: maybeOf("K8S"),
			Risk: &outlook.Risk{What: outlook.RiskEpic, Text: "K-2 has odds of 40 %", Issue: maybeOf("K-2")}},
			"50 %", "50 %; 50 % date Tue 8 Dec 2026, 85 % date Mon 4 Jan 2027",
			[]string{"The outcomes behind it open on the roadmap of the team.",
				"The 85 % date against a week ago, in working days: −3; later is +.",
				"First risk: K-2 has odds of 40 %."},
			[]string{"K-2"}},
		{"an initiative that is over", outlook.Row{Name: "Cloud", Kind: outlook.KindInitiative,
			State: outlook.StateUnlikely, Odds: maybeOf(0.1), Dates: dates, Decides: maybeOf("NET"),
			Came: maybeOf("2026-11-23"),
			Told: &outlook.Told{At: at, P85: maybeOf("2026-11-20"), Odds: maybeOf(0.9)}},
			"10 %", "10 %; 50 % date Tue 8 Dec 2026, 85 % date Mon 4 Jan 2027",
			[]string{"Told at the middle: Fri 20 Nov 2026, with odds of 90 %.", "Came: Mon 23 Nov 2026.",
				"NET is most often the last one, so its record corrects the dates."}, nil},
		{"done", outlook.Row{Name: "Cloud", Kind: outlook.KindInitiative, State: outlook.StateDone},
			"done", "nothing remains", nil, nil},
	} {
		c.row.Quality = grade.Quality{Grade: grade.Partial}
		e := PortfolioRow(c.row, "31 Dec", at)
		shown, numbers := plainSpaces(e.Shown.Value), plainSpaces(e.Numbers)
		if shown != c.shown || numbers != c.numbers || e.Quality.Grade != grade.Partial || e.Value != c.row.Odds {
			t.Errorf("%s: %q %q %+v", c.name, shown, numbers, e)
		}
		for n := range e.Notes {
			e.Notes[n] = plainSpaces(e.Notes[n])
		}
		if diff := cmp.Diff(c.notes, e.Notes); diff != "" {
			t.Errorf("%s: notes (−want +got)\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.issues, e.Issues); diff != "" {
			t.Errorf("%s: issues (−want +got)\n%s", c.name, diff)
		}
	}
}

// TestPortfolioStates: the rows are counted by state, and the grade is the lowest.
func TestPortfolioStates(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	rows := []outlook.Row{
		{Name: "a", State: outlook.StateOnTrack, Odds: maybeOf(0.9), Quality: grade.Quality{Grade: grade.Whole}},
		{Name: "b", State: outlook.StateOnTrack, Odds: maybeOf(0.86), Quality: grade.Quality{Grade: grade.Limited}},
		{Name: "c", State: outlook.StateDone, Came: maybeOf("2026-11-23"),
			Quality: grade.Quality{Grade: grade.Partial}},
		{Name: "d", State: outlook.StateUnknown, Quality: grade.Quality{Grade: grade.Whole}},
	}
	e := PortfolioStates(rows, "Q4-26", at)
	if e.Numbers != "1 done + 2 on track + 1 cannot tell = 4" || *e.Value != 4 || e.Quality.Grade != grade.Limited {
		t.Errorf("%q, %v, %s", e.Numbers, *e.Value, e.Quality.Grade)
	}
	var said []string
	for _, in := range e.Inputs {
		said = append(said, in.Issue+" "+in.What)
	}
	want := []string{"a on track", "b on track", "c came Mon 23 Nov 2026", "d cannot tell"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("rows (−want +got)\n%s", diff)
	}
}

// TestEpicLists: so many issues of an epic are listed, and all of them are inputs.
func TestEpicLists(t *testing.T) {
	for _, issues := range []int{mostIssuesListed, mostIssuesListed + 1, mostIssuesListed + 3} {
		h := storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0), slices.Repeat([]float64{1}, issues)...)
		team := measure.Of(h)
		q := team.Quarter(measure.QuarterName{Number: 4, Year: 2026}, team.Now())
		e := Epic(team, q, q.Epics[0])
		listed := 0
		for _, in := range e.Inputs {
			if in.Listed {
				listed++
			}
		}
		if listed != mostIssuesListed || len(e.Inputs) != issues {
			t.Errorf("of %d issues %d are listed, %d are inputs", issues, listed, len(e.Inputs))
		}
	}
}

// TestSharesDone: of the teams that have epics in the quarter those are counted that tell a share.
func TestSharesDone(t *testing.T) {
	at := storytest.SteadyStart.AddDate(0, 10, 0)
	var teams []TeamQuarter
	for _, open := range [][]float64{{3}, {-1}, {8, 5}} {
		team := measure.Of(storytest.SteadyTeam(at, open...))
		teams = append(teams, TeamQuarter{team, team.Quarter(measure.QuarterName{Number: 4, Year: 2026}, at)})
	}
	none := measure.Of(storytest.SteadyTeam(at))
	teams = append(teams, TeamQuarter{none, none.Quarter(measure.QuarterName{Number: 1, Year: 2031}, at)})
	e := SharesDone(teams, at)
	if *e.Value != 2 || e.Shown.Unit != "of 3 teams" || e.Numbers != "told of 2 of 3 teams with epics in the quarter" ||
		len(e.Inputs) != 3 {
		t.Errorf("%v %s, %q, %d inputs", *e.Value, e.Shown.Unit, e.Numbers, len(e.Inputs))
	}
}

// TestEpicsOnce: an epic that two teams have counts with the first of them, once in each initiative. One of the same
// key and of the same id, as teams may have that came from another Jira, is another one where it was created at another
// moment.
func TestEpicsOnce(t *testing.T) {
	const story = "K-1 2026-10-02T10:00 type=epic labels=Q4-26,Project_Net\nK-2 2026-10-02T11:00 type=epic labels=Q4-26"
	at := storytest.ParseTime(t, "2026-11-10")
	quarterOf := func(story string) TeamQuarter {
		team := measure.Of(storytest.Read(t, "", story))
		return TeamQuarter{team, team.Quarter(measure.QuarterName{Number: 4, Year: 2026}, at)}
	}
	for name, c := range map[string]struct {
		other string
		want  int
	}{
		"the same":         {story, 0},
		"renamed":          {strings.ReplaceAll(story, "K-", "L-"), 0},
		"of another Jira":  {strings.ReplaceAll(story, "2026-10-02", "2025-03-04"), 2},
		"another label":    {strings.ReplaceAll(story, "Project_Net", "Project_Web"), 1},
		"one of them only": {strings.Replace(story, "2026-10-02", "2025-03-04", 1), 1},
	} {
		lists := EpicsOnce([]TeamQuarter{quarterOf(story), quarterOf(c.other)})
		if len(lists[0]) != 2 || len(lists[1]) != c.want {
			t.Errorf("%s: %d and %d epics, want 2 and %d", name, len(lists[0]), len(lists[1]), c.want)
		}
	}
}
