package outlook

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/roadmap"
	"jerem/measure/storytest"
)

func ask(t *testing.T, h *agile.History, q Question, at time.Time) *Forecast {
	t.Helper()
	f, err := Ask(measure.Of(h), q, at)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var q426 = roadmap.QuarterName{Number: 4, Year: 2026}

// TestForecastDates: 60 points at 2 a day are 30 working days for the base: from Monday 9 November on, the 30th is
// Friday 18 December.
func TestForecastDates(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 30, 25, 5)
	f := ask(t, h, Question{Quarter: &q426}, at)
	if *f.Remaining != 60 || *f.Unestimated != 0 || *f.Deadline != "2026-12-31" || f.HistoryDays != 120 {
		t.Errorf("remaining %v, deadline %s, %d days of history", *f.Remaining, *f.Deadline, f.HistoryDays)
	}
	for level, date := range map[string]*string{"p50": f.PaceAlone.P50, "p95": f.PaceAlone.P95} {
		if storytest.Maybe(date) != "2026-12-18" {
			t.Errorf("the base's %s is %s, want 2026-12-18: it never varied", level, storytest.Maybe(date))
		}
	}
	evening := ask(t, h, Question{Quarter: &q426}, at.Add(10*time.Hour))
	if storytest.Maybe(evening.PaceAlone.P50) != "2026-12-21" {
		t.Errorf("after the working hours: %s, want 2026-12-21", storytest.Maybe(evening.PaceAlone.P50))
	}
	h.Team.Calendar.Off = func(d calendar.Date) bool { return d.String() == "2026-12-01" }
	off := ask(t, h, Question{Quarter: &q426}, at)
	if storytest.Maybe(off.PaceAlone.P50) != "2026-12-21" {
		t.Errorf("with a day off ahead: %s, want 2026-12-21", storytest.Maybe(off.PaceAlone.P50))
	}
}

// TestForecastStates: what is done, what cannot be told, what has no deadline.
func TestForecastStates(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	if f := ask(t, storytest.SteadyTeam(at), Question{Epic: "K-1"}, at); f.State != StateDone || f.Odds != nil ||
		f.Dates.P50 != nil {
		t.Errorf("nothing left: %s", f.State)
	}
	q131 := roadmap.QuarterName{Number: 1, Year: 2031}
	if f := ask(t, storytest.SteadyTeam(at), Question{Quarter: &q131}, at); f.State != StateUnknown ||
		f.Why != "no epic belongs to Q1-31" || *f.Remaining != 0 {
		t.Errorf("nothing planned: %s %q", f.State, f.Why)
	}
	if f := ask(t, storytest.SteadyTeam(at), Question{Quarter: &q131, Scope: 8}, at); f.Why != "" || f.Odds == nil {
		t.Errorf("what if 8 points were planned: %s %q", f.State, f.Why)
	}
	young := storytest.SteadyStart.AddDate(0, 0, 9)
	f := ask(t, storytest.SteadyTeam(young, 8), Question{Quarter: &q426}, young)
	if f.State != StateUnknown || f.Why != "cannot tell yet: 7 of 10 working days of history" || f.Dates.P50 != nil ||
		f.Quality.Grade != grade.Limited {
		t.Errorf("seven days of history: %s %q %s", f.State, f.Why, f.Quality.Grade)
	}
	forty := 40.0
	f = ask(t, storytest.SteadyTeam(at, 8), Question{Remaining: &forty}, at)
	if f.State != StateUnknown || f.Deadline != nil || f.Dates.P85 == nil || f.Unestimated != nil {
		t.Errorf("a number has no deadline: %s %s", f.State, storytest.Maybe(f.Deadline))
	}
	far := 5000.0
	f = ask(t, storytest.SteadyTeam(at, 8), Question{Remaining: &far}, at)
	if f.Dates.P50 != nil || f.WorkingDays.P50 != nil {
		t.Errorf("a date beyond four horizons is told: %s", storytest.Maybe(f.Dates.P50))
	}
	if f := ask(t, storytest.SteadyTeam(at, 20), Question{Quarter: &q426}, at); f.State != StateOnTrack ||
		*f.Odds != 0.95 {
		t.Errorf("10 days of work, 39 there: %s %s", f.State, storytest.Maybe(f.Odds))
	}
	if f := ask(t, storytest.SteadyTeam(at, 400), Question{Quarter: &q426}, at); f.State != StateUnlikely {
		t.Errorf("200 days of work, 39 there: %s %s", f.State, storytest.Maybe(f.Odds))
	}
}

// TestForecastPastQuarter: a quarter that is over stands as of its end, whenever it is asked.
func TestForecastPastQuarter(t *testing.T) {
	h := storytest.SteadyTeam(time.Date(2027, 2, 1, 8, 0, 0, 0, time.UTC), 60)
	end := time.Date(2026, 12, 31, 23, 59, 59, 999999000, time.UTC)
	a, b := ask(t, h, Question{Quarter: &q426}, end), ask(t, h, Question{Quarter: &q426}, h.Until)
	a.At, b.At = time.Time{}, time.Time{}
	if diff := cmp.Diff(a, b, cmpopts.IgnoreUnexported(Forecast{})); diff != "" {
		t.Errorf("asked at its end and later (-end +later):\n%s", diff)
	}
}

// TestEpicsInTurn: epics are taken one after the other, those begun first; an epic waits for those before it.
func TestEpicsInTurn(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 20)
	add := func(key string, points float64, started bool) {
		created := at.AddDate(0, 0, -30)
		id := int64(len(h.Issues) + 1)
		epic := *h.Issues[1]
		epic.ID, epic.Key = id, agile.Constant(created, key)
		story := *h.Issues[2]
		story.ID, story.Key, story.EpicLink = id+1, agile.Constant(created, key+"1"), agile.Constant(created, key)
		story.Numbers = agile.FieldsOf(
			map[string]agile.Timeline[agile.Number]{storytest.EstimateField: agile.Constant(created,
				agile.Number{Value: points, Known: true})})
		if started {
			story.Status = append(slices.Clone(story.Status), agile.Step[string]{From: agile.MomentOf(at.AddDate(0,
				0, -1)), Order: 1,
				Value: "3"})
		}
		h.Issues = append(h.Issues, &epic, &story)
	}
	add("K-90", 40, true)
	add("K-3000", 10, false)
	for epic, want := range map[string]float64{"K-90": 40, "K-2": 60, "K-3000": 70} {
		f := ask(t, h, Question{Epic: epic}, at)
		if *f.Remaining != want || storytest.Maybe(f.Deadline) != "2026-12-31" {
			t.Errorf("%s: %v to do until it is done, due %s, want %v", epic, *f.Remaining, storytest.Maybe(f.Deadline),
				want)
		}
	}
	if f := ask(t, h, Question{Epic: "K-3000", Without: []string{"K-90"}}, at); *f.Remaining != 30 {
		t.Errorf("without K-90: %v, want 30", *f.Remaining)
	}
	if _, err := Ask(measure.Of(h), Question{Epic: "K-20"}, at); err == nil {
		t.Error("a story is taken for an epic")
	}
}

// TestForecastWhatIf: more scope is later, a faster pace sooner, a nearer deadline less likely, by the same draws.
func TestForecastWhatIf(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	base := ask(t, h, Question{Quarter: &q426}, at)
	more := ask(t, h, Question{Quarter: &q426, Scope: 8}, at)
	if *more.Remaining != 68 || *more.WorkingDays.P85 <= *base.WorkingDays.P85 || *more.Odds > *base.Odds {
		t.Errorf("8 points more: %v left, %d days after %d", *more.Remaining, *more.WorkingDays.P85,
			*base.WorkingDays.P85)
	}
	faster := ask(t, h, Question{Quarter: &q426, Pace: 1.5}, at)
	if storytest.Maybe(faster.PaceAlone.P50) != "2026-12-04" {
		t.Errorf("half as fast again: %s, want 2026-12-04, the 20th day", storytest.Maybe(faster.PaceAlone.P50))
	}
	less := ask(t, h, Question{Quarter: &q426, Scope: -100}, at)
	if *less.Remaining != 0 || less.State != StateDone {
		t.Errorf("100 points less of 60: %v, %s", *less.Remaining, less.State)
	}
	soon := calendar.Date{Year: 2026, Month: 11, Day: 20}
	if f := ask(t, h, Question{Quarter: &q426, Deadline: &soon}, at); f.State != StateUnlikely ||
		*f.Deadline != "2026-11-20" {
		t.Errorf("due in ten days: %s", f.State)
	}
	none := ask(t, h, Question{Quarter: &q426, Without: []string{"k-2"}}, at)
	if none.State != StateDone {
		t.Errorf("without its only epic: %s", none.State)
	}
	for _, key := range []string{"K-3", "K-999"} { // a story, and nothing
		_, err := Ask(measure.Of(h), Question{Quarter: &q426, Without: []string{"K-2", key}}, at)
		if err == nil || err.Error() != key+" is no epic that is known of team K: it cannot be left out" {
			t.Errorf("without %s: %v", key, err)
		}
	}
	issues := ask(t, h, Question{Quarter: &q426, Issues: true}, at)
	if *issues.Remaining != 1 || issues.Unit != agile.Issues || storytest.Maybe(issues.PaceAlone.P50) != "2026-11-09" {
		t.Errorf("in issues: %v left, %s", *issues.Remaining, storytest.Maybe(issues.PaceAlone.P50))
	}
}

// TestForecastBy: how much by a date is the greatest amount whose shown date is not after it.
func TestForecastBy(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	by := calendar.Date{Year: 2026, Month: 12, Day: 18}
	f := ask(t, h, Question{By: &by}, at)
	if f.Amounts == nil || f.Amounts.P50 < f.Amounts.P85 || f.Amounts.P85 < f.Amounts.P95 || f.Amounts.P95 <= 0 {
		t.Fatalf("amounts %+v", f.Amounts)
	}
	dates := func(amount float64) string {
		return storytest.Maybe(ask(t, h, Question{Remaining: &amount}, at).Dates.P85)
	}
	if within, beyond := dates(f.Amounts.P85), dates(f.Amounts.P85+2); within > "2026-12-18" || beyond <= "2026-12-18" {
		t.Errorf("%v points are told for %s, two more for %s; the 85 %% date should pass 2026-12-18 in between",
			f.Amounts.P85, within, beyond)
	}
	if f.Amounts.Note != "" {
		t.Errorf("amounts by a date that is told: %q", f.Amounts.Note)
	}
	far, further := calendar.Date{Year: 2030, Month: 12, Day: 18}, calendar.Date{Year: 2190, Month: 1, Day: 1}
	f, g := ask(t, h, Question{By: &far}, at), ask(t, h, Question{By: &further}, at)
	if basis, ok := f.AmountBasis(0.85); *f.Amounts != *g.Amounts || !ok || !basis.Cut || f.Amounts.Note != "at 50 %, "+
		"70 %, 85 %, 95 % the amount ends with the last date that is told, four horizons ahead: more may be done by "+
		"the date that is asked" {
		t.Errorf("beyond four horizons %+v, decades later %+v", f.Amounts, g.Amounts)
	}
}

// TestForecastUnestimated: what is not estimated draws a size of the team's.
func TestForecastUnestimated(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	f := ask(t, storytest.SteadyTeam(at, 20, -1, -1, -1), Question{Quarter: &q426}, at)
	if *f.Remaining != 20 || *f.Unestimated != 3 || storytest.Maybe(f.PaceAlone.P50) != "2026-11-25" {
		t.Errorf("20 points and three of 2: %v, %d, %s; want the 13th day, 2026-11-25", *f.Remaining, *f.Unestimated,
			storytest.Maybe(f.PaceAlone.P50))
	}
}

// TestPrice: half of the team's time goes into impediments, so without them all is done in about half the time: the
// median is halved, and the record of shorter forecasts is a little wider.
func TestPrice(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	blocker := *h.Issues[2]
	blocker.ID, blocker.Key, blocker.EpicLink = 9000, agile.Constant(blocker.Created,
		"K-9000"), agile.Constant(blocker.Created, "")
	blocker.Labels = agile.Constant(blocker.Created, []string{"impediment"})
	h.Issues = append(h.Issues, &blocker)
	storytest.LogDaily(h, 9000, 4, storytest.SteadyStart, at)
	f := ask(t, h, Question{Quarter: &q426}, at)
	if f.Price.Days != nil || f.Price.Why == "" || f.Price.Basis != "logged" {
		t.Errorf("nothing but impediments is logged: %+v", f.Price)
	}
	storytest.LogDaily(h, h.Issues[2].ID, 4, storytest.SteadyStart, at)
	f = ask(t, h, Question{Quarter: &q426}, at)
	with, without := *f.WorkingDays.P85, *f.WorkingDays.P85-*f.Price.Days
	if f.Price.Basis != "logged" || *f.Price.Days <= 0 || without*10 > with*6 {
		t.Errorf("half of the time given back: %d days, %d without, basis %s", with, without, f.Price.Basis)
	}
	if len(f.Price.ByNature) != 1 || f.Price.ByNature[0] != (NaturePrice{impediment.UnknownNature, *f.Price.Days}) {
		t.Errorf("by nature %+v, want all of %d days", f.Price.ByNature, *f.Price.Days)
	}
	if len(f.Price.Issues) != 1 || f.Price.Issues[0] != (IssuePrice{"K-9000", *f.Price.Days}) {
		t.Errorf("by issue %+v", f.Price.Issues)
	}
	h.Team.Sprint.Capacity = 40 * time.Hour
	f = ask(t, h, Question{Quarter: &q426}, at)
	if f.Price.Basis != "capacity" || *f.Price.Days < 2 || *f.Price.Days > with/5 {
		t.Errorf("a tenth of the capacity given back: %d of %d days, basis %s", *f.Price.Days, with, f.Price.Basis)
	}
}

// TestForecastKnowsNoFuture and that it does not depend on the order in which issues were read.
func TestForecastKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := storytest.SteadyStart.AddDate(0, 0, rapid.IntRange(30, 120).Draw(t,
			"days")).Add(time.Duration(rapid.IntRange(0, 23).Draw(t, "hour")) * time.Hour)
		h := storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 0, 150), 30, 8, -1)
		shuffled := storytest.KnownAt(h, at)
		shuffled.Until = h.Until
		shuffled.Issues = rapid.Permutation(shuffled.Issues).Draw(t, "order")
		slices.SortStableFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
		q := Question{Quarter: &q426}
		a, errA := Ask(measure.Of(h), q, at)
		b, errB := Ask(measure.Of(shuffled), q, at)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if diff := cmp.Diff(a, b, cmpopts.IgnoreUnexported(Forecast{})); diff != "" {
			t.Errorf("with what came later (-) and without, in another order (+):\n%s", diff)
		}
	})
}

// TestFanIsTheDates: the fan tells by the date of given odds at least what was asked.
func TestFanIsTheDates(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	f := ask(t, storytest.SteadyTeam(at, 60), Question{Quarter: &q426}, at)
	if len(f.Fan) == 0 || len(f.Fan) > fanPoints+1 {
		t.Fatalf("%d days in the fan", len(f.Fan))
	}
	for _, day := range f.Fan {
		if day.P05 > day.P15 || day.P15 > day.P30 || day.P30 > day.P50 || day.P50 > day.P70 || day.P70 > day.P85 ||
			day.P85 > day.P95 {
			t.Errorf("%s: quantiles out of order %+v", day.Date, day)
		}
		if day.Date >= *f.Dates.P85 && day.P15 < 60 || day.Date < *f.Dates.P85 && day.P15 >= 60 {
			t.Errorf("%s: %v are done with odds of 85 %%, the date of 60 is %s", day.Date, day.P15, *f.Dates.P85)
		}
	}
}

// TestGrowth: planning a quarter is no growth of it; what comes after its baseline is, and goes on.
func TestGrowth(t *testing.T) {
	at := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	planned := storytest.SteadyTeam(at, 20)
	storytest.AddOpenStory(planned, time.Date(2026, 9, 21, 10, 0, 0, 0, time.UTC), 20)
	f := ask(t, planned, Question{Quarter: &q426}, at)
	if *f.Remaining != 40 || storytest.Maybe(f.PaceAlone.P50) != "2026-12-25" ||
		storytest.Maybe(f.PaceAlone.P95) != "2026-12-25" {
		t.Errorf("planned in September: %v left, done %s to %s; want 40 and the 20th day, 2026-12-25", *f.Remaining,
			storytest.Maybe(f.PaceAlone.P50), storytest.Maybe(f.PaceAlone.P95))
	}
	grown := storytest.SteadyTeam(at, 20)
	for d := time.Date(2026, 10, 5, 10, 0, 0, 0, time.UTC); d.Before(at); d = d.AddDate(0, 0, 7) {
		storytest.AddOpenStory(grown, d, 2.5)
	}
	f = ask(t, grown, Question{Quarter: &q426}, at)
	if *f.Remaining != 40 || storytest.Maybe(f.PaceAlone.P50) <= "2026-12-25" {
		t.Errorf("grown by 20 since the baseline: %v left, done %s; want 40 and later than 2026-12-25", *f.Remaining,
			storytest.Maybe(f.PaceAlone.P50))
	}
	number := 40.0
	if f = ask(t, grown, Question{Remaining: &number}, at); storytest.Maybe(f.PaceAlone.P50) != "2026-12-25" {
		t.Errorf("a number that is given does not grow: %s, want 2026-12-25", storytest.Maybe(f.PaceAlone.P50))
	}
}

// TestNothingLeftIsNotAlwaysDone: what was never planned, and what is open and estimated at 0, is not done; an epic
// that was closed without an issue is.
func TestNothingLeftIsNotAlwaysDone(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	withEpic := func(change func(epic *agile.Issue), open ...float64) *agile.History {
		h := storytest.SteadyTeam(at, open...)
		change(h.Issues[1])
		return h
	}
	unchanged := func(*agile.Issue) {}
	closed := func(epic *agile.Issue) { epic.Status = agile.Constant(epic.Created, "6") }
	for _, c := range []struct {
		name    string
		history *agile.History
		asked   Question
		state   string
		why     string
	}{
		{"a quarter whose epic has no issue", withEpic(unchanged), Question{Quarter: &q426}, StateUnknown,
			"K-2 has no issue yet"},
		{"the epic itself", withEpic(unchanged), Question{Epic: "K-2"}, StateUnknown, "K-2 has no issue yet"},
		{"two such epics", withTwoEpics(at), Question{Quarter: &q426}, StateUnknown,
			"no issue stands in the epics yet"},
		{"one of them begun", withTwoEpics(at, 0), Question{Quarter: &q426}, StateUnknown, "K-3 has no issue yet"},
		{"closed without an issue", withEpic(closed), Question{Quarter: &q426}, StateDone, ""},
		{"one open issue of 0", withEpic(unchanged, 0), Question{Quarter: &q426}, StateUnknown,
			"the issue that is open is estimated at 0"},
		{"two of them", withEpic(unchanged, 0, 0), Question{Epic: "K-2"}, StateUnknown,
			"the 2 issues that are open are estimated at 0"},
		{"what if all were taken out", withEpic(unchanged, 3), Question{Quarter: &q426, Scope: -3}, StateDone, ""},
		{"what if something came", withEpic(unchanged), Question{Quarter: &q426, Scope: 3}, StateOnTrack, ""},
		{"a sprint that holds nothing", withSprint(at), Question{Sprint: 7}, StateUnknown,
			"no issue stands in the sprint"},
	} {
		if f := ask(t, c.history, c.asked, at); f.State != c.state || f.Why != c.why {
			t.Errorf("%s: %s %q, want %s %q", c.name, f.State, f.Why, c.state, c.why)
		}
	}
}

// withTwoEpics is a steady team with one more epic of the quarter, without an issue.
func withTwoEpics(at time.Time, open ...float64) *agile.History {
	h := storytest.SteadyTeam(at, open...)
	epic := *h.Issues[1]
	epic.ID, epic.Key = 900, agile.Constant(epic.Created, "K-3")
	for n, i := range h.Issues[2:] {
		i.Key = agile.Constant(i.Created, fmt.Sprintf("K-%d", 10+n))
	}
	h.Issues = append(h.Issues, &epic)
	return h
}

// withSprint is a steady team with a sprint that holds nothing.
func withSprint(at time.Time) *agile.History {
	h := storytest.SteadyTeam(at)
	h.Sprints = []agile.Sprint{{ID: 7, Versions: []agile.SprintVersion{{Seen: at.AddDate(0, 0, -7), Name: "Seven",
		State: agile.Active, Start: at.AddDate(0, 0, -7), End: at.AddDate(0, 0, 7)}}}}
	return h
}

// TestEpicInTwoQuarters: an epic that is carried over is judged by the end of the quarter that is looked at.
func TestEpicInTwoQuarters(t *testing.T) {
	at := time.Date(2026, 12, 21, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 40)
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Q4-26", "Q1-27"})
	team, q127 := measure.Of(h), roadmap.QuarterName{Number: 1, Year: 2027}
	for name, want := range map[roadmap.QuarterName]*Risk{q426: {What: RiskEpic}, q127: nil} {
		f, err := Ask(team, EpicOf(team, "K-2", name, at), at)
		if err != nil {
			t.Fatal(err)
		}
		if _, last := team.Dates(name); *f.Deadline != last.String() {
			t.Errorf("%s: the epic is due on %s, want %s", name, *f.Deadline, last)
		}
		risk := FirstRisk(team, name, at)
		if (risk == nil) != (want == nil) || risk != nil && risk.What != want.What {
			t.Errorf("%s: the first risk is %+v, want %+v", name, risk, want)
		}
	}
}
