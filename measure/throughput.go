package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
)

// mostDaysOff is how many days in a row may be off before the calendar is taken to hold no working day.
const mostDaysOff = 400

// workdays are the working days of a team from that of its first finish to the one before today, in ascending order.
type workdays []calendar.Date

// place returns the place of the working day that a date falls on, the next one for a day off; false where that day is
// not over yet.
func (w workdays) place(d calendar.Date) (int, bool) {
	n, _ := slices.BinarySearchFunc(w, d, compareDates)
	return n, n < len(w)
}

func compareDates(a, b calendar.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// workdays lists the working days from a date to the one before another.
func (t *Team) workdays(from, before calendar.Date) workdays {
	var days workdays
	for d := from; d.Before(before); d = d.Add(1) {
		if t.h.Team.Calendar.Working(d) {
			days = append(days, d)
		}
	}
	return days
}

// finish is work that was finished: what it counted for at that moment.
type finish struct {
	issue    int64
	at       time.Time
	estimate agile.Number // in the unit asked
	underway bool         // it belonged to an epic
}

// workUnit says what a forecast counts.
type workUnit struct {
	unit agile.Unit
	team *Team
}

// counts tells whether an issue of a level is work of its own in this unit.
func (u workUnit) counts(level int) bool {
	return level == 0 || level < 0 && u.unit == agile.Seconds
}

// estimate returns what an issue counts for while a beat holds.
func (u workUnit) estimate(b beat) agile.Number {
	if u.unit == agile.Issues {
		return agile.Number{Value: 1, Known: true}
	}
	return b.est
}

// finishes lists what the team finished up to a moment and is still done, in order of the finish.
func (u workUnit) finishes(at time.Time) []finish {
	var done []finish
	for _, i := range u.team.h.Issues {
		if f, ok := u.finishOf(i, at); ok {
			done = append(done, f)
		}
	}
	slices.SortStableFunc(done, func(a, b finish) int { return a.at.Compare(b.at) })
	return done
}

// finishOf returns the last entry of an issue into done, from what is not done, up to a moment; changes of one moment
// count as one.
func (u workUnit) finishOf(i *agile.Issue, at time.Time) (finish, bool) {
	life := u.team.lives[i.ID]
	now, ok := beatAt(life, at)
	if !ok || now.state != Done || !now.mine || !u.counts(u.team.level(i.Type.At(at))) {
		return finish{}, false
	}
	entry, was := -1, ToDo
	for n, b := range life {
		if b.at.After(at) {
			break
		}
		if n+1 < len(life) && life[n+1].at.Equal(b.at) {
			continue
		}
		created := entry < 0 && b.at.Equal(life[0].at)
		if b.state == Done && was != Done && !created {
			entry = n
		}
		was = b.state
	}
	if entry < 0 {
		return finish{}, false
	}
	b := life[entry]
	return finish{issue: i.ID, at: b.at, estimate: u.estimate(b), underway: b.epic != 0}, true
}

// past is what a forecast draws from, as of a moment.
type past struct {
	days       workdays
	throughput forecast.Throughput
	sizes      []float64 // estimates of what was finished
}

// past lays what was finished out on working days: all of it, or only what belonged to an epic.
func (u workUnit) past(at time.Time, epicsOnly bool) past {
	var p past
	done := u.finishes(at)
	if epicsOnly {
		done = slices.DeleteFunc(done, func(f finish) bool { return !f.underway })
	}
	for _, f := range done {
		if f.estimate.Known && u.unit != agile.Issues {
			p.sizes = append(p.sizes, f.estimate.Value)
		}
	}
	if len(done) == 0 {
		return p
	}
	p.days = u.team.workdays(u.team.date(done[0].at), u.team.date(at))
	p.throughput = make(forecast.Throughput, len(p.days))
	for _, f := range done {
		n, ok := p.days.place(u.team.date(f.at))
		if ok && f.estimate.Known {
			p.throughput[n] += max(0, f.estimate.Value)
		}
	}
	return p
}

// ahead counts working days from a moment on: 1 is its own day while the working hours last, else the next one.
type ahead struct {
	calendar calendar.Calendar
	first    calendar.Date
	dates    []calendar.Date
}

func (t *Team) ahead(at time.Time) *ahead {
	a := &ahead{calendar: t.h.Team.Calendar, first: t.date(at)}
	if _, end := a.calendar.Hours(a.first); !at.Before(end) {
		a.first = a.first.Add(1)
	}
	return a
}

// date returns the date of the n-th working day; false where the calendar holds no such day. Day 0 is the day before the
// first one: nothing is left to do.
func (a *ahead) date(n int) (calendar.Date, bool) {
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

// until counts the working days to a date, included; 0 where it is over.
func (a *ahead) until(d calendar.Date) int {
	if d.Before(a.first) {
		return 0
	}
	return a.calendar.Dates(a.first, d)
}
