package outlook

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/storytest"
)

// teamsMade counts the teams that were made for tests: each has issues of its own.
var teamsMade atomic.Int64

// initiativeTeam is a steady team whose epic of the quarter is of an initiative.
func initiativeTeam(name string, at time.Time, open ...float64) Asked {
	h := storytest.SteadyTeam(at, open...)
	storytest.SetApart(h, teamsMade.Add(1))
	h.Team.Name = name
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Project_Cloud", "Q4-26"})
	return Asked{Team: measure.Of(h), At: at}
}

// TestInitiative: the team with more to do decides; what one team does alone is what its epic's forecast says.
func TestInitiative(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	small, large, none := initiativeTeam("small", at, 10), initiativeTeam("large", at,
		60), Asked{Team: measure.Of(storytest.SteadyTeam(at, 5)), At: at}
	f, ok := AskInitiative([]Asked{small, none, large}, "Cloud", q426)
	if !ok || len(f.Teams) != 2 || *f.Decides != "large" || f.Remaining != 2 {
		t.Fatalf("%+v", f)
	}
	alone := ask(t, large.Team.Index.History, Question{Epic: "K-2"}, at)
	if storytest.Maybe(f.Dates.P85) != storytest.Maybe(alone.Dates.P85) ||
		storytest.Maybe(f.Odds) != storytest.Maybe(alone.Odds) || f.State != alone.State {
		t.Errorf("over teams %s with odds of %s, the large one alone %s with %s", storytest.Maybe(f.Dates.P85),
			storytest.Maybe(f.Odds), storytest.Maybe(alone.Dates.P85), storytest.Maybe(alone.Odds))
	}
	if _, ok := AskInitiative([]Asked{small}, "Sky", q426); ok {
		t.Error("an initiative that nobody names is told")
	}
	closed := storytest.SteadyTeam(at)
	closed.Issues[1].Labels = agile.Constant(closed.Issues[1].Created, []string{"Project_Cloud", "Q4-26"})
	closed.Issues[1].Status = agile.Constant(closed.Issues[1].Created, "6")
	done, _ := AskInitiative([]Asked{{Team: measure.Of(closed), At: at}}, "Cloud", q426)
	if done.State != StateDone || done.Odds != nil {
		t.Errorf("nothing left: %+v", done)
	}
	young := storytest.SteadyStart.AddDate(0, 0, 3)
	f, _ = AskInitiative([]Asked{large, initiativeTeam("young", young, 8)}, "Cloud", q426)
	if f.State != StateUnknown || f.Why != "young: cannot tell yet: 3 of 10 working days of history" {
		t.Errorf("a team without history: %s %q", f.State, f.Why)
	}
	if f.Odds != nil || f.Dates.P85 != nil || f.Decides != nil || f.AtBest == nil {
		t.Fatalf("a team without history: %+v", f)
	}
	if best := f.AtBest; storytest.Maybe(best.Dates.P85) != storytest.Maybe(alone.Dates.P85) ||
		storytest.Maybe(best.Odds) != storytest.Maybe(alone.Odds) || *best.Decides != "large" ||
		len(best.Without) != 1 || best.Without[0] != "young" {
		t.Errorf("at best %+v, the large one alone %s with %s", best, storytest.Maybe(alone.Dates.P85),
			storytest.Maybe(alone.Odds))
	}
	if f, _ := AskInitiative([]Asked{small, initiativeTeam("a", young, 8), initiativeTeam("late", at, 400),
		initiativeTeam("b", young, 8)}, "Cloud", q426); f.State != StateUnlikely || f.Odds != nil ||
		!strings.HasPrefix(f.Why, "a: cannot tell yet") || !strings.Contains(f.Why, "; b: cannot tell yet") {
		t.Errorf("what is unlikely without two teams: %s, %q", f.State, f.Why)
	}
	if f, _ := AskInitiative([]Asked{initiativeTeam("done", at), initiativeTeam("young", young, 8)}, "Cloud",
		q426); f.State != StateUnknown || f.AtBest != nil {
		t.Errorf("what is left is a team's without history: %s, %+v", f.State, f.AtBest)
	}
	if f, _ := AskInitiative([]Asked{initiativeTeam("a", at), initiativeTeam("b", at, 0)}, "Cloud",
		q426); f.State != StateUnknown ||
		f.Why != "a: K-2 has no issue yet; b: the issue that is open is estimated at 0" {
		t.Errorf("nothing was planned: %s, %q", f.State, f.Why)
	}
	if names := Initiatives([]Asked{small, none, large}, q426); len(names) != 1 || names[0] != "Cloud" {
		t.Errorf("initiatives %v", names)
	}
}

func ownRisk(asked Asked) *Risk { return firstRiskOf(asked, q426) }

// TestRiskOfReading: a team whose readings fail, or that was not read, is told before any other risk; what is asked as
// of a moment before is as good as ever.
func TestRiskOfReading(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	late, fine := initiativeTeam("late", at, 400), initiativeTeam("fine", at, 4)
	for _, c := range []struct {
		behind bool
		asked  time.Time
		want   string
	}{
		{false, at, "K-2 has odds of under 1 %"}, {true, at, "behind since 9 Nov 2026"},
		{true, at.AddDate(0, 0, -1), "K-2 has odds of under 1 %"},
	} {
		one := late
		one.At = c.asked
		if c.behind {
			one.Behind = at.Add(time.Hour)
		}
		if got := riskText(ownRisk(one)); got != c.want {
			t.Errorf("behind %v, asked as of %v: %q, want %q", c.behind, c.asked, got, c.want)
		}
	}
	fine.Behind = at.Add(time.Hour)
	row, _ := initiativeRow([]Asked{late, fine}, "Cloud", q426)
	if *row.Decides != "late" || row.Risk.What != RiskBehind || row.Risk.Text != "fine is behind since 9 Nov 2026" {
		t.Errorf("one of two teams is behind: %+v", row.Risk)
	}
	if row := UnreadRow("new"); row.Risk.What != RiskUnread || row.State != StateUnknown ||
		row.Quality.Grade != grade.Limited {
		t.Errorf("a team that was not read: %+v", row)
	}
}

// TestInitiativeThatIsOver: the row of a past quarter tells when the work of all teams was done, and what was told at
// the quarter's middle.
func TestInitiativeThatIsOver(t *testing.T) {
	over := time.Date(2027, 1, 20, 8, 0, 0, 0, time.UTC)
	first, second := initiativeTeam("first", over, 8), initiativeTeam("second", over, 60)
	finish := func(asked Asked, day time.Time) Asked {
		h := asked.Team.History()
		finishStory(h, "K-3", day)
		return Asked{Team: measure.Of(h), At: over}
	}
	first = finish(first, time.Date(2026, 12, 3, 15, 0, 0, 0, time.UTC))
	row, _ := initiativeRow([]Asked{first, second}, "Cloud", q426)
	if row.Came != nil || row.Told == nil || row.Told.Odds == nil {
		t.Errorf("one of two is done: came %v, told %+v", row.Came, row.Told)
	}
	second = finish(second, time.Date(2027, 1, 8, 15, 0, 0, 0, time.UTC))
	row, _ = initiativeRow([]Asked{first, second}, "Cloud", q426)
	if storytest.Maybe(row.Came) != "2027-01-08" || row.Told == nil {
		t.Errorf("both are done: came %v, told %+v", storytest.Maybe(row.Came), row.Told)
	}
	before := []Asked{{Team: second.Team, At: over.AddDate(0, -1, 0)}}
	if row, _ := initiativeRow(before, "Cloud", q426); row.Came != nil || row.Told != nil {
		t.Errorf("asked in the quarter: %+v", row)
	}
}

// TestToldOfOwnTeams: what was told of an initiative at its quarter's middle is of the teams that work on it: one whose
// year begins in another month, and whose quarter of that name is not over, has no part in it.
func TestToldOfOwnTeams(t *testing.T) {
	over := time.Date(2027, 1, 20, 8, 0, 0, 0, time.UTC)
	one := initiativeTeam("one", over, 8)
	elsewhere := storytest.SteadyTeam(over, 8)
	storytest.SetApart(elsewhere, teamsMade.Add(1))
	elsewhere.Team.Name, elsewhere.Team.Quarter.FirstMonth = "elsewhere", time.April // its Q4-26 ends in March
	row, ok := initiativeRow([]Asked{{Team: measure.Of(elsewhere), At: over}, one}, "Cloud", q426)
	alone, _ := initiativeRow([]Asked{one}, "Cloud", q426)
	if !ok || row.Told == nil || !row.Told.At.Equal(alone.Told.At) || row.Told.At.After(over) {
		t.Errorf("told %+v, alone %+v", row.Told, alone.Told)
	}
}

// TestToldIsJudged: the rows of a past quarter tell whether what was told at its middle held: null while that lies
// ahead of work that is not done. A date is over once it is in the time zones of all teams.
func TestToldIsJudged(t *testing.T) {
	until := time.Date(2027, 5, 20, 8, 0, 0, 0, time.UTC)
	east, west := initiativeTeam("east", until, 90), initiativeTeam("west", until, 90)
	h := west.Team.History()
	h.Team.Calendar.Zone = time.FixedZone("west", -5*3600)
	west.Team = measure.Of(h)
	asked := func(at time.Time, teams ...Asked) Row {
		for n := range teams {
			teams[n].At = at
		}
		row, _ := initiativeRow(teams, "Cloud", q426)
		return row
	}
	told, ok := parseDate(asked(until, east, west).Told.P85)
	if first := (calendar.Date{Year: 2027, Month: 1, Day: 10}); !ok || told.Before(first) {
		t.Fatalf("told is %v: the test wants a date after the quarter", told)
	}
	for _, c := range []struct {
		name string
		row  Row
		want string
	}{
		{"a day before", asked(told.In(time.UTC, -12*time.Hour), east, west), "none"},
		{"over in the east", asked(told.In(time.UTC, 26*time.Hour), east, west), "none"},
		{"over in the east, whose own it is", asked(told.In(time.UTC, 26*time.Hour), east), "false"},
		{"over", asked(told.In(time.UTC, 36*time.Hour), east, west), "false"},
	} {
		if got := storytest.Maybe(c.row.Told.Held); got != c.want {
			t.Errorf("%s: held %s, want %s", c.name, got, c.want)
		}
	}
	at := told.In(time.UTC, 36*time.Hour)
	row, err := teamRow(Asked{Team: east.Team, At: at}, q426, ownRisk)
	if err != nil || storytest.Maybe(row.Told.Held) != "false" {
		t.Errorf("of a team: %+v %v", row.Told, err)
	}
}

// TestPortfolioRows: rows tell what the forecasts tell, and the first risk.
func TestPortfolioRows(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	late := initiativeTeam("late", at, 400)
	row, err := teamRow(late, q426, ownRisk)
	if err != nil || row.State != StateUnlikely || row.Risk.What != "epic" ||
		storytest.Maybe(row.Risk.Issue) != "K-2" || *row.Progression != 0 {
		t.Errorf("%+v %+v %v", row, row.Risk, err)
	}
	of, _ := initiativeRow([]Asked{late}, "Cloud", q426)
	if of.State != row.State || storytest.Maybe(of.Odds) != storytest.Maybe(row.Odds) || of.Kind != KindInitiative ||
		of.Risk == nil {
		t.Errorf("the initiative of one team is not what the team is: %+v", of)
	}
	fine := initiativeTeam("fine", at, 4, -1)
	row, _ = teamRow(fine, q426, ownRisk)
	if row.State != StateOnTrack || row.Risk.What != "unestimated" ||
		row.Risk.Text != "1 of 2 open issues without an estimate" {
		t.Errorf("%+v %+v", row, row.Risk)
	}
	over := time.Date(2027, 1, 20, 8, 0, 0, 0, time.UTC)
	row, _ = teamRow(initiativeTeam("over", over, 4), q426, ownRisk)
	if row.Told == nil || row.Came != nil || row.Told.Odds == nil {
		t.Errorf("a quarter that is over and was not done: came %v, told %v", row.Came, row.Told)
	}
}

// TestInitiativeCarriedOver: what was done of an epic before a later quarter that it stands in too is none of that
// quarter's, as in the quarter of the team.
func TestInitiativeCarriedOver(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	asked := initiativeTeam("one", at, 10, 5, 3)
	h := asked.Team.History()
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Project_Cloud", "Q3-26", "Q4-26"})
	finishStory(h, "K-3", november(3, 15).AddDate(0, -2, 0))
	finishStory(h, "K-4", november(3, 15))
	asked.Team = measure.Of(h)
	f, ok := AskInitiative([]Asked{asked}, "Cloud", q426)
	row, _ := initiativeRow([]Asked{asked}, "Cloud", q426)
	if !ok || f.Issues != 2 || f.Remaining != 1 || *row.Progression != 0.5 {
		t.Errorf("%d of %d issues remain, %s is done", f.Remaining, f.Issues, storytest.Maybe(row.Progression))
	}
}

// TestTrend: a week in which nothing of an initiative is done moves its date by the week's working days, by the
// calendar of the first team that has an epic of it; without a date a week before there is no trend.
func TestTrend(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	asked := initiativeTeam("one", at, 60)
	other := Asked{Team: measure.Of(storytest.SteadyTeam(at, 5)), At: at}
	f, _ := AskInitiative([]Asked{other, asked}, "Cloud", q426)
	trend := TrendOf([]Asked{other, asked}, f)
	if trend.Days == nil || *trend.Days != 5 || trend.DaysNow-trend.DaysBefore != 5 || trend.Counted != asked.Team ||
		!trend.Since.Equal(at.AddDate(0, 0, -7)) {
		t.Errorf("%+v", trend)
	}
	if trend.Before == nil || trend.Now == nil || *trend.Now != storytest.Maybe(f.Dates.P85) {
		t.Errorf("from %s to %s", storytest.Maybe(trend.Before), storytest.Maybe(trend.Now))
	}
	h := storytest.SteadyTeam(at, 60)
	h.Issues[1].Labels = append(agile.Constant(h.Issues[1].Created, []string{"Q4-26"}),
		agile.Step[[]string]{From: agile.MomentOf(at.AddDate(0, 0, -2)), Order: 1, Value: []string{"Project_Cloud",
			"Q4-26"}})
	young := Asked{Team: measure.Of(h), At: at}
	f, _ = AskInitiative([]Asked{young}, "Cloud", q426)
	if trend := TrendOf([]Asked{young}, f); trend.Days != nil || trend.Now == nil || trend.Before != nil {
		t.Errorf("an initiative of the day before yesterday has a trend: %+v", trend)
	}
}

// TestDoneRestsOnNoPace: of what is done nothing is left to be forecast, so neither a short history nor a short record
// lowers it, in a row of a team, in one of an initiative and in an answer.
func TestDoneRestsOnNoPace(t *testing.T) {
	at := storytest.SteadyStart.AddDate(0, 0, 3)
	done := initiativeTeam("done", at)
	story := storytest.AddIssue(done.Team.History(), "K-9", at.AddDate(0, 0, -1), 5)
	story.EpicLink = agile.Constant(story.Created, "K-2")
	storytest.Become(&story.Status, at.Add(-time.Hour), "6")
	asked := []Asked{{Team: measure.Of(done.Team.History()), At: at}}
	teams, initiatives, err := Rows(asked, q426)
	if err != nil || len(teams) != 1 || len(initiatives) != 1 {
		t.Fatalf("%v %v %v", teams, initiatives, err)
	}
	for _, row := range append(teams, initiatives...) {
		if row.State != StateDone || len(row.Quality.Reasons) > 0 {
			t.Errorf("%s is %s: %q", row.Name, row.State, row.Quality.Reasons)
		}
	}
	if f, err := AskDates(asked[0].Team, Question{Quarter: &q426}, at); err != nil || len(f.Quality.Reasons) > 0 {
		t.Errorf("%v %q", err, f.Quality.Reasons)
	}
}

// TestWasDone: nothing is told of what is done, nor of what cannot be told; only of the first was it done by then.
func TestWasDone(t *testing.T) {
	at := time.Date(2026, 8, 15, 21, 59, 59, 0, time.UTC)
	early, late, odds := "2026-08-11", "2026-10-16", 0.5
	for _, c := range []struct {
		told *Told
		came *string
		want bool
	}{
		{&Told{At: at}, &early, true}, {&Told{At: at}, &late, false}, {&Told{At: at}, nil, false}, {nil, &early, false},
		{&Told{At: at, Odds: &odds}, &early, false}, {&Told{At: at, P85: &late}, &early, false},
	} {
		if got := c.told.WasDone(c.came); got != c.want {
			t.Errorf("told %+v, came %v: %t", c.told, c.came, got)
		}
	}
}
