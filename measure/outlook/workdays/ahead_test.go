package workdays_test

import (
	"testing"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// TestDatesAhead: day 0 is the day before the first one; a working day behind four hundred days off is found, one
// behind more is not, for a calendar may hold none.
func TestDatesAhead(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC) // a Monday
	for _, c := range []struct {
		off  int // days off from the second working day on
		n    int
		want string
	}{
		{0, 0, "2026-11-09"}, {0, 1, "2026-11-09"}, {0, 2, "2026-11-10"},
		{workdays.MostDaysOff, 2, "2027-12-15"}, {workdays.MostDaysOff + 1, 2, "none"},
		{workdays.MostDaysOff + 1, 1, "2026-11-09"},
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
