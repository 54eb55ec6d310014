package format

import (
	"testing"
	"time"
)

// TestDatesOfSpan: one day is told once, and each year that is not evident is told.
func TestDatesOfSpan(t *testing.T) {
	w := Words{Zone: time.UTC}
	at := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 9, 0, 0, 0, time.UTC)
	}
	for _, c := range []struct {
		from, to      time.Time
		alone, beside string // beside a moment of 2027
	}{
		{at(2027, 1, 4), at(2027, 1, 15), "Mon 4 Jan to Fri 15 Jan 2027", "Mon 4 Jan to Fri 15 Jan"},
		{at(2027, 1, 4), at(2027, 1, 4).Add(time.Hour), "Mon 4 Jan 2027", "Mon 4 Jan"},
		{at(2026, 12, 21), at(2027, 1, 15), "Mon 21 Dec 2026 to Fri 15 Jan 2027", "Mon 21 Dec 2026 to Fri 15 Jan 2027"},
		{at(2026, 12, 21), at(2026, 12, 21), "Mon 21 Dec 2026", "Mon 21 Dec 2026"},
		{at(2026, 12, 7), at(2026, 12, 18), "Mon 7 Dec to Fri 18 Dec 2026", "Mon 7 Dec to Fri 18 Dec 2026"},
	} {
		if got := w.Dates(c.from, c.to); got != c.alone {
			t.Errorf("alone %q, want %q", got, c.alone)
		}
		if got := w.DatesBeside(c.from, c.to, at(2027, 5, 4)); got != c.beside {
			t.Errorf("beside 2027 %q, want %q", got, c.beside)
		}
	}
}
