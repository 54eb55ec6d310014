package outlook

import (
	"time"

	"jerem/calendar"
	"jerem/measure/internal/index"
)

// mostDaysOff is how many days in a row may be off before the calendar is taken to hold no working day.
const mostDaysOff = 400

// daysAhead counts working days from a moment on: 1 is its own day while the working hours last, else the next one.
type daysAhead struct {
	calendar calendar.Calendar
	first    calendar.Date
	dates    []calendar.Date
}

func countAhead(x *index.Index, at time.Time) *daysAhead {
	a := &daysAhead{calendar: x.History.Team.Calendar, first: x.Date(at)}
	if _, end := a.calendar.Hours(a.first); !at.Before(end) {
		a.first = a.first.Add(1)
	}
	return a
}

// dateOf returns the date of the n-th working day; false where the calendar holds no such day. Day 0 is the day before
// the first one: nothing is left to do.
func (a *daysAhead) dateOf(n int) (calendar.Date, bool) {
	for len(a.dates) < n {
		next := a.first
		if len(a.dates) > 0 {
			next = a.dates[len(a.dates)-1].Add(1)
		}
		off := 0
		for !a.calendar.Working(next) {
			next = next.Add(1)
			off++
			if off > mostDaysOff {
				return calendar.Date{}, false
			}
		}
		a.dates = append(a.dates, next)
	}
	if n <= 0 {
		return a.first, true
	}
	return a.dates[n-1], true
}

// daysUntil counts the working days to a date, included; 0 where it is over.
func (a *daysAhead) daysUntil(d calendar.Date) int {
	if d.Before(a.first) {
		return 0
	}
	return a.calendar.Dates(a.first, d)
}
