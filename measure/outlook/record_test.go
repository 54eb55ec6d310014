package outlook

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/roadmap"
	"jerem/measure/storytest"
)

// TestPastForecasts: what was told of a quarter at the end of each of its weeks, up to a moment, and whether it held.
func TestPastForecasts(t *testing.T) {
	at := time.Date(2027, 1, 20, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	done := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	storytest.Become(&h.Issues[2].Status, done, "6")
	team := measure.Of(h)
	list := PastForecasts(team, q426, at)
	if len(list) != 13 {
		t.Fatalf("%d weeks, want the 13 Sundays from 4 October to 27 December", len(list))
	}
	for n, p := range list {
		told := time.Date(2026, 10, 5+7*n, 0, 0, 0, 0, time.UTC).Add(-roadmap.Instant)
		if !p.At.Equal(told) || storytest.Maybe(p.Came) != "2026-11-18" {
			t.Errorf("week %d: as of %s, came %s", n, p.At, storytest.Maybe(p.Came))
		}
		f, err := Ask(team, Question{Quarter: &q426}, told)
		if err != nil || storytest.Maybe(f.Dates.P85) != storytest.Maybe(p.P85) ||
			storytest.Maybe(f.Dates.P50) != storytest.Maybe(p.P50) ||
			storytest.Maybe(f.Odds) != storytest.Maybe(p.Odds) {
			t.Errorf("week %d: %s, %s, %s are not what was told then", n, storytest.Maybe(p.P50),
				storytest.Maybe(p.P85), storytest.Maybe(p.Odds))
		}
		want := p.P85 != nil && *p.P85 >= "2026-11-18"
		if (p.P85 == nil) != (p.Held == nil) || p.Held != nil && *p.Held != want {
			t.Errorf("week %d: 85 %% date %s, held %s", n, storytest.Maybe(p.P85), storytest.Maybe(p.Held))
		}
	}
	if list[0].P85 == nil || list[12].P85 != nil {
		t.Errorf("a date at first and none when nothing was left: %s, %s", storytest.Maybe(list[0].P85),
			storytest.Maybe(list[12].P85))
	}
	now := time.Date(2026, 10, 18, 23, 59, 59, 999999000, time.UTC) // the end of the third week
	for before, weeks := range map[time.Duration]int{0: 3, time.Hour: 2} {
		list := PastForecasts(team, q426, now.Add(-before))
		if len(list) != weeks || list[0].Came != nil || list[0].Held != nil {
			t.Errorf("at %s: %d weeks, came %s", now.Add(-before), len(list), storytest.Maybe(list[0].Came))
		}
	}
}

// TestCameOn: a quarter's work came on the day since which all of it is done; what was reopened is not.
func TestCameOn(t *testing.T) {
	at := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 12, 0, 0, 0, time.UTC) }
	f := func(name, want string, change func(h *agile.History, a, b *agile.Issue)) {
		t.Helper()
		h := storytest.SteadyTeam(at, 10, 20)
		change(h, h.Issues[2], h.Issues[3])
		team := measure.Of(h)
		if got := storytest.Maybe(doneOn(team, team.Roadmap.Span(q426), at, takeAll)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	f("one is left", "none", func(h *agile.History, a, b *agile.Issue) { storytest.Become(&a.Status, day(5), "6") })
	f("the last one", "2026-11-09", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(9), "6")
		storytest.Become(&b.Status, day(5), "6")
	})
	f("done again", "2026-11-12", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(5), "6")
		storytest.Become(&a.Status, day(6), "3")
		storytest.Become(&a.Status, day(12), "6")
		storytest.Become(&b.Status, day(9), "6")
	})
	f("still reopened", "none", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(5), "6")
		storytest.Become(&a.Status, day(6), "3")
		storytest.Become(&b.Status, day(9), "6")
	})
	f("done after the moment", "none", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(5), "6")
		storytest.Become(&b.Status, at.Add(time.Hour), "6")
	})
	f("taken out of the epic", "2026-11-05", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(5), "6")
		storytest.Become(&b.EpicLink, day(6), "")
	})
	f("no epic", "none", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&a.Status, day(5), "6")
		storytest.Become(&b.Status, day(5), "6")
		h.Issues[1].Labels = nil
	})
}

// TestCameAsOfTheEnd: what comes into an epic of a quarter after its end, or is reopened then, is work of a later one;
// what was left at the end is not.
func TestCameAsOfTheEnd(t *testing.T) {
	at := time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)
	in := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	after := time.Date(2027, 2, 10, 12, 0, 0, 0, time.UTC)
	f := func(name, want string, change func(h *agile.History, a, b *agile.Issue)) {
		t.Helper()
		h := storytest.SteadyTeam(at, 10, 20)
		storytest.Become(&h.Issues[2].Status, in, "6")
		change(h, h.Issues[2], h.Issues[3])
		team := measure.Of(h)
		if got := storytest.Maybe(doneOn(team, team.Roadmap.Span(q426), at, takeAll)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	f("left at the end", "none", func(*agile.History, *agile.Issue, *agile.Issue) {})
	f("done after the end", "2027-02-10", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&b.Status, after, "6")
	})
	f("came after the end", "2026-11-18", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&b.Status, in, "6")
		storytest.AddOpenStory(h, after, 3)
	})
	f("reopened after the end", "2026-11-18", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&b.Status, in, "6")
		storytest.Become(&b.Status, after, "3")
	})
	f("taken out after the end", "2026-11-18", func(h *agile.History, a, b *agile.Issue) {
		storytest.Become(&b.EpicLink, after, "")
	})
}

// TestHeldBy: a date held where all came by it, the day included; while neither came nor passed it cannot be told.
func TestHeldBy(t *testing.T) {
	day := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	for _, c := range []struct{ told, came, today, want string }{
		{"2026-11-20", "2026-11-19", "2026-12-01", "true"},
		{"2026-11-20", "2026-11-20", "2026-12-01", "true"},
		{"2026-11-20", "2026-11-21", "2026-12-01", "false"},
		{"2026-11-20", "", "2026-11-20", "none"},
		{"2026-11-20", "", "2026-11-19", "none"},
		{"2026-11-20", "", "2026-11-21", "false"},
		{"", "2026-11-20", "2026-12-01", "none"},
	} {
		today, _ := parseDate(&c.today)
		if got := storytest.Maybe(dateHeld(day(c.told), day(c.came), today)); got != c.want {
			t.Errorf("told %s, came %q, on %s: %s, want %s", c.told, c.came, c.today, got, c.want)
		}
	}
}

// TestCalibrationCounts: the record of a team that never changes: each tenth working day from the 250th on whose
// outcome is known by now is a forecast, all of them held, and each is a dot.
func TestCalibrationCounts(t *testing.T) {
	at := time.Date(2027, 6, 30, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at)
	f := ask(t, h, Question{Remaining: ptr(40.0)}, at)
	c, days := f.Calibration, 0
	past := calendar.DateOf(storytest.SteadyStart, time.UTC)
	for ; past.Before(calendar.DateOf(at, time.UTC)); past = past.Add(1) {
		if h.Team.Calendar.Working(past) {
			days++
		}
	}
	want := 0
	for day := 250; day+20 <= days; day += 10 {
		want++
	}
	if c.Horizon != 20 || c.Forecasts != want || len(c.Dots) != want || c.Own < want || c.Quarters != 3 ||
		c.Prior != 20 {
		t.Errorf("horizon %d, %d forecasts (want %d), %d dots, %d own, %d prior, %d quarters", c.Horizon, c.Forecasts,
			want, len(c.Dots), c.Own, c.Prior, c.Quarters)
	}
	for level, p := range []float64{0.5, 0.7, 0.85, 0.95} {
		got := c.At[level]
		if got.P != p || got.Held != want || got.Of != want || *got.Share != 1 ||
			*got.High != 1 || *got.Low <= 0.5 || *got.Low >= 1 {
			t.Errorf("at %v: %+v, %s to %s", p, got, storytest.Maybe(got.Low), storytest.Maybe(got.High))
		}
	}
	first := c.Dots[0]
	if first.Date != "2026-12-21" || first.Work != 40 || first.Took != 20 ||
		!first.Held || first.P50 < 20 || first.P85 < first.P50 {
		t.Errorf("the first dot: %+v", first)
	}
	soon := storytest.SteadyStart.AddDate(0, 2, 0)
	young := ask(t, storytest.SteadyTeam(soon), Question{Remaining: ptr(40.0)}, soon).Calibration
	if young.Forecasts != 0 || young.At[2].Share != nil || young.At[2].Low != nil || young.Dots == nil {
		t.Errorf("without a record: %+v", young)
	}
}

// TestForecastOddsStates: on track from odds of 85 %, at risk from 25 %.
func TestForecastOddsStates(t *testing.T) {
	for odds, want := range map[float64]string{
		0.95: StateOnTrack, 0.85: StateOnTrack, 0.8499: StateAtRisk,
		0.25: StateAtRisk, 0.2499: StateUnlikely, 0: StateUnlikely,
	} {
		if got := stateOf(odds); got != want {
			t.Errorf("odds of %v: %s, want %s", odds, got, want)
		}
	}
}

// TestForecastReasons: what is lacking is said: too few days, too few with a finish, estimates, the length of the
// record.
func TestForecastReasons(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	f := func(name string, h *agile.History, q Question, grade grade.Grade, reasons ...string) {
		t.Helper()
		got := ask(t, h, q, h.Until).Quality
		if got.Grade != grade || !slices.Equal(got.Reasons, reasons) {
			t.Errorf("%s: %s %q, want %s %q", name, got.Grade, got.Reasons, grade, reasons)
		}
	}
	const borrowed = "the record holds 0 of 20 forecasts of this length: the rest is borrowed from other projects"
	f("a young record", storytest.SteadyTeam(at, 20), Question{Quarter: &q426}, grade.Partial, borrowed)
	f("one without an estimate", storytest.SteadyTeam(at, 20, -1), Question{Quarter: &q426}, grade.Partial,
		"1 issue without an estimate: each draws a size from what the team finished", borrowed)
	f("two without", storytest.SteadyTeam(at, -1, -1), Question{Quarter: &q426}, grade.Partial,
		"2 issues without an estimate: each draws a size from what the team finished", borrowed)
	few := storytest.SteadyTeam(at, 20)
	kept := few.Issues[:3]
	for n, i := range few.Issues[3:] {
		if n%40 == 0 && n < 160 {
			kept = append(kept, i)
		}
	}
	few.Issues = kept
	f("four days with a finish", few, Question{Quarter: &q426}, grade.Limited,
		"cannot tell yet: 4 of 5 working days with a finish")
	day := storytest.SteadyStart.AddDate(0, 0, 14).Add(-time.Hour)
	f("ten days", storytest.SteadyTeam(day, 20), Question{Quarter: &q426}, grade.Partial, borrowed)
	day = storytest.SteadyStart.AddDate(0, 0, 11).Add(-time.Hour)
	f("nine days", storytest.SteadyTeam(day, 20), Question{Quarter: &q426}, grade.Limited,
		"cannot tell yet: 9 of 10 working days of history")
	until := at.AddDate(2, 0, 0)
	f("a record that always held", storytest.SteadyTeam(until), Question{Remaining: ptr(40.0)}, grade.Partial,
		fmt.Sprintf("the 85 %% date held %[1]d of %[1]d times: the record of this team failed",
			ask(t, storytest.SteadyTeam(until), Question{Remaining: ptr(40.0)}, until).Calibration.At[2].Of))
}
