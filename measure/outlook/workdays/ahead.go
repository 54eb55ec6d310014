package workdays

import (
	"time"

	"jerem/calendar"
	"jerem/measure/internal/index"
)

// MostDaysOff is how many days in a row may be off before the calendar is taken to hold no working day.
const MostDaysOff = 400

// Ahead counts working days from a moment on: 1 is its own day while the working hours last, else the next one.
type Ahead struct {
	Calendar calendar.Calendar
	First    calendar.Date
	dates    []calendar.Date
}

// After begins to count at a moment, by the calendar of a team.
func After(x *index.Index, at time.Time) *Ahead {
	a := &Ahead{Calendar: x.History.Team.Calendar, First: x.Date(at)}
	if _, end := a.Calendar.Hours(a.First); !at.Before(end) {
		a.First = a.First.Add(1)
	}
	return a
}

// DateOf returns the date of the n-th working day; false where the calendar holds no such day. Day 0 is the day before
// the first one: nothing is left to do.
func (a *Ahead) DateOf(n int) (calendar.Date, bool) {
	for len(a.dates) < n {
		next := a.First
		if len(a.dates) > 0 {
			next = a.dates[len(a.dates)-1].Add(1)
		}
		off := 0
		for !a.Calendar.Working(next) {
			next = next.Add(1)
			off++
			if off > MostDaysOff {
				return calendar.Date{}, false
			}
		}
		a.dates = append(a.dates, next)
	}
	if n <= 0 {
		return a.First, true
	}
	return a.dates[n-1], true
}

// DaysUntil counts the working days to a date, included; 0 where it is over.
func (a *Ahead) DaysUntil(d calendar.Date) int {
	if d.Before(a.First) {
		return 0
	}
	return a.Calendar.Dates(a.First, d)
}

// datesKey names the dates of a number of working days from a date on.
type datesKey struct {
	first calendar.Date
	most  int
}

// NumbersOfDates lists the numbers of the dates of now and of so many working days from now on; where the calendar
// holds no such day, that of one far ahead.
func (a *Ahead) NumbersOfDates(x *index.Index, most int) []int {
	return index.Recall(x, datesKey{a.First, most}, func() []int {
		numbers := make([]int, most+1)
		for n := range numbers {
			date, ok := a.DateOf(n)
			if !ok {
				numbers[n] = a.First.Number() + most
				continue
			}
			numbers[n] = date.Number()
		}
		return numbers
	})
}

// CountedTo turns numbers of dates, ascending, into working days from now.
func (a *Ahead) CountedTo(dates []int) []int {
	days := make([]int, len(dates))
	for i, date := range dates {
		if i > 0 && date == dates[i-1] {
			days[i] = days[i-1]
			continue
		}
		days[i] = a.DaysUntil(calendar.DateOfNumber(date))
	}
	return days
}
