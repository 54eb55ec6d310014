package outlook_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"testing"
	"time"
	"weak"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/flow"
	"jerem/measure/internal/index"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
	"jerem/testrun"
)

// TestFiguresOfAStep: a team that is as of a later reading, at which nothing else was known, tells what one tells that
// is computed of all as of then: whatever was kept of the moment before.
func TestFiguresOfAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Until = storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "hours")) * time.Hour)
		compareTimes(t, h, 5)
	})
}

// TestFiguresOfAStepWithForecasts is the same of a team of which enough is known to tell dates, some times of a day on.
func TestFiguresOfAStepWithForecasts(t *testing.T) {
	h := storytest.BigHistoryOf(120)
	h.Team.Sprint.Capacity = 30 * time.Hour
	h.Team.Initiative.Label = regexp.MustCompile(`^Initiative (.+)$`)
	for n, i := range h.Issues {
		if i.Type.Last() == "epic" {
			i.Labels = agile.Constant(i.Created, append(slices.Clone(i.Labels.Last()), fmt.Sprint("Initiative ", n%2)))
		} else if n%5 == 0 {
			i.Status = i.Status[:3] // it stays in progress, and nobody touches it
			i.Numbers.Put(storytest.EstimateField, i.Numbers.Of(storytest.EstimateField)[:2])
		}
	}
	// an issue in progress was touched a week before in working hours, which is five working days
	touched := &h.Issues[65].Status[2]
	for touched.From.Time().Weekday() != time.Wednesday {
		touched.From = agile.MomentOf(touched.From.Time().AddDate(0, 0, 1))
	}
	year, month, day := touched.From.Time().Date()
	touched.From = agile.MomentOf(time.Date(year, month, day, 11, 10, 0, 0, time.UTC))
	h.Until = touched.From.Time().AddDate(0, 0, 7).Add(-3 * time.Hour)
	times := 33
	if testing.Short() {
		times = 11 // until beyond the time at which the issue was touched
	}
	compareTimes(t, h, times)
}

// TestDaysOffOfAStep is the same of a team whose days off changed a week before the moment: a date that is compared
// knows nothing of them at first.
func TestDaysOffOfAStep(t *testing.T) {
	at := time.Date(2026, 11, 11, 10, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	h.Until = at
	h.DaysOff = []agile.DaysOffVersion{{Seen: storytest.SteadyStart},
		{Seen: at.AddDate(0, 0, -7).Add(40 * time.Minute), Text: "2026-11-12"}}
	compareTimes(t, h, 4)
}

// compareTimes compares a team that is asked each half an hour, as of its last reading then, with those that are
// computed as of then.
func compareTimes(t interface{ Fatalf(string, ...any) }, h *agile.History, times int) {
	team, later := measure.Of(h), *h
	tellAll(team)
	for range times {
		later.Until = later.Until.Add(30 * time.Minute)
		team = team.AsOf(later.Until)
		anew := later
		want := tellAll(measure.Of(&anew))
		for name, got := range tellAll(team) {
			if got != want[name] {
				t.Fatalf("%s as of %v:\n%s\nwant %s", name, later.Until, got, want[name])
			}
		}
	}
}

// tellAll writes the figures of a team as of its last reading, by name.
func tellAll(team *measure.Team) map[string]string {
	at, out := team.Now(), map[string]string{}
	tell := func(name string, values ...any) {
		text, err := json.Marshal(values)
		out[name] = fmt.Sprint(string(text), err)
	}
	heads := team.Sprints(at)
	heads = slices.DeleteFunc(heads, func(h measure.SprintHead) bool { return h.State == agile.Future })
	for _, head := range heads[max(0, len(heads)-6):] { // as many as a page shows
		sprint, err := team.Sprint(head.ID, at)
		tell(fmt.Sprint("sprint ", head.ID), sprint, err, explain.Sprint(team, sprint))
		f, err := outlook.Ask(team, outlook.Question{Sprint: head.ID}, at)
		tell(fmt.Sprint("forecast of sprint ", head.ID), f, err)
	}
	for _, days := range []int{7, 15} {
		then := at.AddDate(0, 0, -days)
		from, to := flow.DefaultDates(team, then)
		velocity, _ := measure.VelocityAt(team, then)
		tell(fmt.Sprint("past of ", days), team.Quarter(team.QuarterAt(then), then), velocity,
			flow.Measure(team, then, from, to), flow.Late(team, then))
	}
	from, to := flow.DefaultDates(team, at)
	f, late := flow.Measure(team, at, from, to), flow.Late(team, at)
	tell("flow", f, late, f.ColumnAges(), f.ActiveTimes(), f.WeeklyThroughput(), explain.Flow(team, f, late))
	name := team.QuarterAt(at)
	quarter := team.Quarter(name, at)
	tell("quarter", quarter, explain.Quarter(team, quarter))
	forecast, err := outlook.Ask(team, outlook.Question{Quarter: &name}, at)
	tell("forecast", forecast, err)
	if err == nil {
		tell("explained forecast", explain.Forecast(team, forecast))
	}
	asked := []outlook.Asked{{Team: team, At: at}}
	teams, initiatives, err := outlook.Rows(asked, name)
	tell("rows", teams, initiatives, err)
	for _, initiative := range outlook.Initiatives(asked, name) {
		told, ok := outlook.AskInitiative(asked, initiative, name)
		explained, _ := explain.Initiative(asked, initiative, name)
		tell("initiative "+initiative, told, ok, explained, outlook.TrendOf(asked, told).Since,
			outlook.PartsOf(asked, initiative, name))
	}
	return out
}

// TestFiguresOfAnUpdate: a team that was asked, and took in changes then, tells what one tells that is computed of all
// anew, of the past too: whether a change is dated today, a week ago or months ago, or not at all.
func TestFiguresOfAnUpdate(t *testing.T) {
	testrun.SkipInShort(t)
	h := storytest.BigHistoryOf(120)
	h.Until = h.Issues[60].Created.AddDate(0, 0, 9)
	team := measure.Of(h)
	tellAll(team)
	ago := func(days int) time.Time { return h.Until.AddDate(0, 0, -days).Add(-time.Minute) }
	change := func(place int, apply func(*agile.Issue)) {
		t.Helper()
		next := *h
		next.Until = h.Until.Add(10 * time.Minute)
		next.Issues = slices.Clone(h.Issues)
		changed := *next.Issues[place]
		apply(&changed)
		next.Issues[place] = &changed
		team = measure.Update(team, &next, []int64{changed.ID})
		h = &next
		want := tellAll(measure.Of(&next))
		for name, got := range tellAll(team) {
			if got != want[name] {
				t.Fatalf("%s as of %v:\n%s\nwant %s", name, next.Until, got, want[name])
			}
		}
	}
	ages := []int{0, 2, 7, 8, 20, 60}
	if testing.Short() {
		ages = []int{0, 8}
	}
	for _, days := range ages {
		change(55, func(i *agile.Issue) {
			i.Status = i.Status[:slices.IndexFunc(append(slices.Clone(i.Status),
				agile.Step[string]{From: agile.MomentOf(h.Until)}),
				func(s agile.Step[string]) bool { return s.From.After(ago(days)) || s.From.Equal(h.Until) })]
			i.Status = append(slices.Clone(i.Status), agile.Step[string]{From: agile.MomentOf(ago(days)), Order: 99,
				Value: "3"})
		})
		change(58, func(i *agile.Issue) {
			estimate := agile.Step[agile.Number]{From: agile.MomentOf(ago(days)), Order: 99,
				Value: agile.Number{Value: 40 + float64(days), Known: true}}
			i.Numbers = nil
			i.Numbers.Put(storytest.EstimateField, append(agile.Constant(i.Created, agile.Number{}), estimate))
		})
		change(50, func(i *agile.Issue) {
			i.Labels = append(slices.Clone(i.Labels),
				agile.Step[[]string]{From: agile.MomentOf(ago(days)),
					Order: 99, Value: []string{"impediment"}})
		})
	}
	change(57, func(i *agile.Issue) {
		i.Key = append(slices.Clone(i.Key), agile.Step[string]{From: agile.MomentOf(h.Until),
			Value: "K-999"})
	})
	change(56, func(i *agile.Issue) { i.Broken = agile.Joints{agile.FieldStatus: 1} })
}

// TestFormerTeamsAreLetGo: what is kept from one generation of a team to the next holds no former one, of which all
// that was computed would stay in memory.
func TestFormerTeamsAreLetGo(t *testing.T) {
	h := storytest.BigHistoryOf(120)
	h.Team.Initiative.Label = regexp.MustCompile(`^(Q.+)$`)
	h.Until = h.Issues[60].Created.AddDate(0, 0, 9)
	team := measure.Of(h)
	var former []weak.Pointer[index.Index]
	for range 3 {
		tellAll(team)
		former = append(former, weak.Make(team.Index))
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(10*time.Minute)
		changed := *next.Issues[55]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Minute)), Order: 99, Value: "3"})
		next.Issues[55] = &changed
		team, h = measure.Update(team, &next, nil), &next
	}
	tellAll(team)
	runtime.GC()
	for n, one := range former {
		if one.Value() != nil {
			t.Errorf("the index before change %d is held", n+1)
		}
	}
	runtime.KeepAlive(team)
}
