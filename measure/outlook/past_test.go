package outlook

import (
	"runtime"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	workdays "jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// TestDatesAhead: day 0 is the day before the first one; a working day behind four hundred days off is found, one behind
// more is not, for a calendar may hold none.
func TestDatesAhead(t *testing.T) {
	at := november(9, 8) // a Monday
	for _, c := range []struct {
		off  int // days off from the second working day on
		n    int
		want string
	}{
		{0, 0, "2026-11-09"}, {0, 1, "2026-11-09"}, {0, 2, "2026-11-10"},
		{workdays.MostDaysOff, 2, "2027-12-15"}, {workdays.MostDaysOff + 1, 2, "none"}, {workdays.MostDaysOff + 1, 1, "2026-11-09"},
	} {
		h := storytest.SteadyTeam(at)
		first := calendar.DateOf(at, time.UTC)
		h.Team.Calendar.Off = func(d calendar.Date) bool {
			ahead := first.DaysUntil(d)
			return ahead >= 1 && ahead <= c.off
		}
		ahead := workdays.After(measure.Of(h).Index, at)
		got := "none"
		if date, ok := ahead.DateOf(c.n); ok {
			got = date.String()
		}
		if got != c.want {
			t.Errorf("day %d behind %d days off: %s, want %s", c.n, c.off, got, c.want)
		}
	}
}

// TestPastCostsLittle: what a forecast draws from takes a number for each finished issue, and no list of finishes.
func TestPastCostsLittle(t *testing.T) {
	history := storytest.BigHistoryOf(5_000)
	u := workUnit{unit: agile.Points, team: measure.Of(history)}
	finishes := len(u.team.Index.Finishes(u.unit, history.Until))
	if finishes < 1_000 {
		t.Fatalf("%d finishes", finishes)
	}
	drawn := u.pastOf(history.Until, false) // once, for what is looked up of the issues
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	u.pastOf(history.Until, false)
	runtime.ReadMemStats(&after)
	const ofFinish, ofDay = 12, 120
	taken, most := int(after.TotalAlloc-before.TotalAlloc), ofFinish*finishes+ofDay*len(drawn.days)
	if taken > most {
		t.Errorf("%d bytes for %d finishes on %d days, want at most %d", taken, finishes, len(drawn.days), most)
	}
}
