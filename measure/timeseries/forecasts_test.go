package timeseries

import (
	"maps"
	"reflect"
	"runtime"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
	"jerem/series"
)

// forecastPoints are the points of the series of forecasts by class and moment.
func forecastPoints(list []series.Series) map[string]map[time.Time]series.Value {
	points := map[string]map[time.Time]series.Value{}
	for _, s := range list {
		if points[s.Class] == nil {
			points[s.Class] = map[time.Time]series.Value{}
		}
		for _, p := range s.Points {
			points[s.Class][series.Time(p.Tick)] = p.Value
		}
	}
	return points
}

// steadyMonths is a steady team some way into the fourth quarter of 2026, with an impediment.
func steadyMonths(t *testing.T, at time.Time) *agile.History {
	t.Helper()
	h := storytest.SteadyTeam(at, 40, 20, -1)
	h.Team.Sprint.Capacity = 20 * time.Hour
	blocker := storytest.AddIssue(h, "K-9000", storytest.SteadyStart, 1)
	blocker.Labels = agile.Constant(blocker.Created, []string{"impediment"})
	storytest.LogDaily(h, blocker.ID, 4, storytest.SteadyStart, at)
	return h
}

// TestForecastSeriesAreFigures: each point is the figure as of its noon: on each working day of the present quarter, on
// every other Monday of those before it, never ahead.
func TestForecastSeriesAreFigures(t *testing.T) {
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	team := measure.Of(steadyMonths(t, at))
	points := forecastPoints(toldForecasts(new(Told), team, at))
	compared := 0
	for noon, odds := range points["jerem.agile.forecast.odds"] {
		name := team.QuarterAt(noon)
		f, err := outlook.Ask(team, outlook.Question{Quarter: &name}, noon)
		if err != nil || f.Odds == nil || *f.Odds != odds.Number() {
			t.Fatalf("odds at %v: %v, want %s, %v", noon, odds.Number(), storytest.Maybe(f.Odds), err)
		}
		p85, told := points["jerem.agile.forecast.p85"][noon]
		if !told && f.Dates.P85 == nil {
			continue
		}
		if got := time.Unix(int64(p85.Number()), 0).UTC().Format("2006-01-02 15:04"); got != *f.Dates.P85+" 12:00" {
			t.Errorf("the 85 %% date at %v: %s, want the noon of %s", noon, got, *f.Dates.P85)
		}
		if price := points["jerem.agile.forecast.price"][noon]; int(price.Number()) != *f.Price.Days {
			t.Errorf("the price at %v: %v, want %d", noon, price.Number(), *f.Price.Days)
		}
		if noon.After(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)) {
			compared++
		}
	}
	if compared != 14 { // 1 to 20 October
		t.Errorf("%d working days of the quarter have dates, want 14", compared)
	}
	for _, noon := range forecastNoons(team, at) {
		if noon.Before(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)) && noon.Weekday() != time.Monday ||
			noon.After(at) {
			t.Errorf("a point at %v", noon)
		}
	}
}

// TestToldIsKept: what is kept gives the same series as what is computed anew, whatever comes later and whatever is
// changed of the past; what comes later has nothing told again.
func TestToldIsKept(t *testing.T) {
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	h := steadyMonths(t, at)
	loadZone := func() {
		zone, err := time.LoadLocation("Atlantic/Reykjavik") // each load of a zone is another pointer
		if err != nil {
			t.Fatal(err)
		}
		h.Team.Calendar.Zone = zone
	}
	loadZone()
	var told Told
	first := toldForecasts(&told, measure.Of(h), at)
	again := func(what string, now time.Time) int {
		t.Helper()
		before := map[toldKey]toldFigures{}
		for key, f := range told.figures {
			before[key] = f
		}
		got, want := toldForecasts(&told, measure.Of(h), now), toldForecasts(new(Told), measure.Of(h), now)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: what is kept differs from what is computed", what)
		}
		anew := 0
		for key, f := range told.figures {
			if before[key].digest != f.digest {
				anew++
			}
		}
		return anew
	}
	if len(first) == 0 {
		t.Fatal("no series")
	}
	loadZone()
	if n := again("nothing new", at); n != 0 {
		t.Errorf("nothing is new, %d noons are told again", n)
	}
	storytest.AddOpenStory(h, at, 5)
	later := at.Add(5 * time.Hour)
	h.Until = later
	if n := again("a story since the last noon", later); n != 1 {
		t.Errorf("a noon has passed, %d are told", n)
	}
	estimate := h.Issues[2].Numbers.Of(storytest.EstimateField)
	h.Issues[2].Numbers.Put(storytest.EstimateField, agile.Timeline[agile.Number]{{From: estimate[0].From,
		Value: agile.Number{Value: 90, Known: true}}})
	if n := again("another estimate all along", later); n < 10 {
		t.Errorf("the estimate of the whole past changed, %d noons are told again", n)
	}
	h.Team.Quarter.By = agile.ByDueDate
	h.Issues[1].Due = agile.Constant(h.Issues[1].Created, calendar.Date{Year: 2026, Month: 12, Day: 1})
	if n := again("due in the quarter", later); n < 10 {
		t.Errorf("a due date makes the quarter of the whole past, %d noons are told again", n)
	}
	h.Worklogs = h.Worklogs[:len(h.Worklogs)-1]
	if n := again("a worklog was deleted", later); n < 1 || n > 2 {
		t.Errorf("the last worklog was deleted, %d noons are told again", n)
	}
}

// TestForecastNoons: quarters that are over have a point on every other Monday, on the next working day where that is
// off.
func TestForecastNoons(t *testing.T) {
	at := time.Date(2026, 4, 2, 11, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at)
	monday := calendar.Date{Year: 2026, Month: 2, Day: 2}
	h.Team.Calendar.Off = func(d calendar.Date) bool { return d == monday }
	var got []string
	for _, noon := range forecastNoons(measure.Of(h), at) {
		got = append(got, noon.Format("02 Jan 15:04"))
	}
	want := []string{"08 Dec 12:00", "22 Dec 12:00", "05 Jan 12:00", "19 Jan 12:00", "03 Feb 12:00", "16 Feb 12:00",
		"02 Mar 12:00", "16 Mar 12:00", "30 Mar 12:00", "01 Apr 12:00"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

// TestSprintForecastSeries: a sprint has a point on each working day while it is active, of the figure as of that noon;
// `current` has that of the sprint that started last; a sprint whose end is moved is told anew, the quarter is not.
func TestSprintForecastSeries(t *testing.T) {
	at := time.Date(2026, 10, 21, 13, 0, 0, 0, time.UTC)
	h := steadyMonths(t, at)
	day := func(n int) time.Time { return time.Date(2026, 10, n, 9, 0, 0, 0, time.UTC) }
	sprint := func(id int64, name string, from, to int, complete time.Time) agile.Sprint {
		v := agile.SprintVersion{Seen: day(from), Name: name, State: agile.Active, Start: day(from), End: day(to),
			Complete: complete}
		if !complete.IsZero() {
			v.State = agile.Closed
		}
		return agile.Sprint{ID: id, Versions: []agile.SprintVersion{v}}
	}
	h.Sprints = []agile.Sprint{sprint(1, "Old", 1, 14, day(15)), sprint(2, "New", 12, 23, time.Time{})}
	storytest.AddIssue(h, "K-9100", day(1).AddDate(0, 0, -9), 30, 1)
	storytest.AddIssue(h, "K-9101", day(1).AddDate(0, 0, -9), 9, 2)
	var told Told
	team := measure.Of(h)
	days := map[string]string{}
	for _, s := range toldForecasts(&told, team, at) {
		if s.Class != "jerem.agile.sprint.forecast.odds" {
			continue
		}
		for _, p := range s.Points {
			noon := series.Time(p.Tick)
			id := int64(2)
			if s.Labels["sprint"] == "Old" || s.Labels["sprint"] == "current" && noon.Before(day(12)) {
				id = 1
			}
			f, err := outlook.Ask(team, outlook.Question{Sprint: id}, noon)
			if err != nil || *f.Odds != p.Value.Number() {
				t.Errorf("%v at %v: %v, want %+v, %v", s.Labels, noon, p.Value.Number(), f, err)
			}
			days[s.Labels["sprint"]] += noon.Format("2 ")
		}
	}
	want := map[string]string{"Old": "1 2 5 6 7 8 9 12 13 14 ", "New": "12 13 14 15 16 19 20 21 ",
		"current": "1 2 5 6 7 8 9 12 13 14 15 16 19 20 21 "}
	if !reflect.DeepEqual(days, want) {
		t.Errorf("points on %v, want %v", days, want)
	}
	before := maps.Clone(told.figures)
	h.Sprints[1].Versions[0].End = day(30)
	toldForecasts(&told, measure.Of(h), at)
	for key, f := range told.figures {
		if changed := before[key].digest != f.digest; changed != (key.sprint == 2) {
			t.Errorf("%v is told anew: %v", key, changed)
		}
	}
}

// TestForecastsAreNotHeld: when the series of forecasts are made, the team holds little for each noon: not the past
// that the forecast of it was drawn from, of a number for each day and each finished issue.
func TestForecastsAreNotHeld(t *testing.T) {
	if testing.Short() {
		t.Skip("two thousand issues are forecast at every noon, twice")
	}
	h := storytest.BigHistoryOf(2_000)
	toldForecasts(new(Told), measure.Of(h), h.Until) // what is simulated is remembered for all teams
	team, early := measure.Of(h), h.Until.AddDate(-2, 0, 0)
	toldForecasts(new(Told), team, early) // which looks up what all noons rest on
	noons, held := len(forecastNoons(team, h.Until))-len(forecastNoons(team, early)), liveBytes()
	toldForecasts(new(Told), team, h.Until)
	grown := liveBytes() - held
	if most := 5_000; grown > noons*most {
		t.Errorf("%d bytes are held for each of %d noons, want at most %d", grown/noons, noons, most)
	}
	runtime.KeepAlive(team)
}

// liveBytes counts what lives on the heap.
func liveBytes() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
