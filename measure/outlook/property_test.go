package outlook

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/testrun"
)

// unevenTeam is a team whose weeks differ, with impediments, growth and work left in the quarter.
func unevenTeam(t *rapid.T, at time.Time) *agile.History {
	h := storytest.SteadyTeam(at, 30, 12, 5, -1)
	for n := range rapid.IntRange(10, 30).Draw(t, "more stories") {
		finish := at.Add(-time.Duration(rapid.IntRange(1, 2600).Draw(t, "hours before")) * time.Hour)
		i := storytest.AddIssue(h, fmt.Sprintf("K-%d", 20000+n), storytest.SteadyStart,
			float64(rapid.IntRange(0, 13).Draw(t, "points")))
		i.EpicLink = agile.Constant(i.Created, "K-1")
		storytest.Become(&i.Status, finish.Add(-time.Hour), "3")
		storytest.Become(&i.Status, finish, "6")
	}
	for range rapid.IntRange(0, 6).Draw(t, "late stories") {
		created := at.Add(-time.Duration(rapid.IntRange(1, 900).Draw(t, "created before")) * time.Hour)
		storytest.AddOpenStory(h, created, float64(rapid.IntRange(1, 5).Draw(t, "new points")))
	}
	h.Team.Sprint.Capacity = time.Duration(rapid.IntRange(4, 40).Draw(t, "capacity")) * time.Hour
	for n := range rapid.IntRange(0, 3).Draw(t, "impediments") {
		i := storytest.AddIssue(h, fmt.Sprintf("K-%d", 30000+n), storytest.SteadyStart, 1)
		i.Labels = agile.Constant(i.Created, []string{"impediment"})
		from := at.AddDate(0, 0, -rapid.IntRange(1, 160).Draw(t, "impeded since"))
		storytest.LogDaily(h, i.ID, rapid.IntRange(1, 9).Draw(t, "hours"), from, at)
	}
	return h
}

// TestForecastMonotone: more that remains, a nearer deadline and a slower pace are never better news; and no price of
// the unexpected is below 0.
func TestForecastMonotone(t *testing.T) {
	at := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(unevenTeam(t, at))
		inquiry := About(team)
		asked := func(change func(*Question)) *Forecast {
			due := calendar.Date{Year: 2026, Month: 12, Day: 22}
			q := Question{Quarter: &q426, Deadline: &due}
			change(&q)
			f, err := inquiry.AskDates(q, at)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		base := asked(func(*Question) {})
		more := rapid.Float64Range(0, 60).Draw(t, "more")
		slower := rapid.Float64Range(0.3, 1).Draw(t, "slower")
		sooner := calendar.Date{Year: 2026, Month: 12, Day: 22 - rapid.IntRange(0, 20).Draw(t, "days sooner")}
		for what, worse := range map[string]*Forecast{
			"more remains":         asked(func(q *Question) { q.Scope = more }),
			"the pace is slower":   asked(func(q *Question) { q.Pace = slower }),
			"the deadline is near": asked(func(q *Question) { q.Deadline = &sooner }),
		} {
			if base.Odds != nil && worse.Odds != nil && *worse.Odds > *base.Odds {
				t.Errorf("%s: odds rise from %v to %v", what, *base.Odds, *worse.Odds)
			}
			for n, days := range []*int{worse.WorkingDays.P50, worse.WorkingDays.P70, worse.WorkingDays.P85,
				worse.WorkingDays.P95} {
				before := []*int{base.WorkingDays.P50, base.WorkingDays.P70, base.WorkingDays.P85,
					base.WorkingDays.P95}[n]
				if days != nil && before != nil && *days < *before {
					t.Errorf("%s: date %d moves from %d to %d days", what, n, *before, *days)
				}
			}
		}
		f, err := inquiry.Figures(Question{Quarter: &q426}, at)
		if err != nil || f.PriceDays != nil && *f.PriceDays < 0 {
			t.Errorf("a price of %s, %v", storytest.Maybe(f.PriceDays), err)
		}
	})
}

// TestAmountByDate: the amount that is told for a date, asked as what remains, ends not after that date, in the team's
// unit and in whole issues alike.
func TestAmountByDate(t *testing.T) {
	at := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		inquiry := About(measure.Of(unevenTeam(t, at)))
		by := calendar.Date{Year: 2026, Month: 11, Day: 18}.Add(rapid.IntRange(0, 90).Draw(t, "days"))
		inIssues := rapid.Bool().Draw(t, "in issues")
		pace := rapid.Float64Range(0.3, 3).Draw(t, "pace")
		f, err := inquiry.answerQuestion(Question{By: &by, Issues: inIssues, Pace: pace}, at, false)
		if err != nil {
			t.Fatal(err)
		}
		if f.Amounts == nil {
			return
		}
		for level, told := range []float64{f.Amounts.P50, f.Amounts.P70, f.Amounts.P85, f.Amounts.P95} {
			if inIssues && told != math.Trunc(told) {
				t.Errorf("%v issues are told", told)
			}
			if told == 0 {
				continue
			}
			dates, err := inquiry.AskDates(Question{Remaining: &told, Issues: inIssues, Pace: pace}, at)
			if err != nil {
				t.Fatal(err)
			}
			ends := []*string{dates.Dates.P50, dates.Dates.P70, dates.Dates.P85, dates.Dates.P95}[level]
			if ends == nil || *ends > by.String() {
				t.Errorf("level %d: %v by %v is told, and it ends on %s", level, told, by, storytest.Maybe(ends))
			}
		}
	})
}

// TestPricesOfParts: no nature and no issue costs less than nothing, or more than all impediments together.
func TestPricesOfParts(t *testing.T) {
	testrun.SkipInShort(t)
	at := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		f, err := Ask(measure.Of(unevenTeam(t, at)), Question{Quarter: &q426}, at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(f); err != nil {
			t.Errorf("the answer cannot be written: %v", err)
		}
		p := f.Price
		if p == nil || p.Days == nil {
			return
		}
		any := false
		for _, n := range p.ByNature {
			if n.Days < 0 || n.Days > *p.Days {
				t.Errorf("%s costs %d of %d days", n.Nature, n.Days, *p.Days)
			}
			any = any || n.Days > 0
		}
		for _, i := range p.Issues {
			if i.Days < 0 || i.Days > *p.Days {
				t.Errorf("%s costs %d of %d days", i.Issue, i.Days, *p.Days)
			}
		}
		if *p.Days > 0 && !any && p.Why == "" {
			t.Errorf("a price of %d days that no nature has a part of, and no word of it: %+v", *p.Days, p)
		}
	})
}

// TestOrderOfArrival: a forecast does not depend on the order in which issues and time logged were received.
func TestOrderOfArrival(t *testing.T) {
	at := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		h := unevenTeam(t, at)
		var told [2]Figures
		for n, one := range []*agile.History{h, storytest.Shuffled(t, h)} {
			figures, err := About(measure.Of(one)).Figures(Question{Quarter: &q426}, at)
			if err != nil {
				t.Fatal(err)
			}
			told[n] = figures
		}
		if diff := cmp.Diff(told[0], told[1]); diff != "" {
			t.Errorf("the forecast (-in order +shuffled):\n%s", diff)
		}
	})
}
