package outlook

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// mostDaysOff is how many days in a row may be off before the calendar is taken to hold no working day.
const mostDaysOff = 400

// workdays are the working days of a team from that of its first finish to the one before today, in ascending order.
type workdays []calendar.Date

// placeOf returns the place of the working day that a date falls on, the next one for a day off; false where that day
// is not over yet.
func (w workdays) placeOf(d calendar.Date) (int, bool) {
	n, _ := slices.BinarySearchFunc(w, d, compareDates)
	return n, n < len(w)
}

// placeSince is place for what lies on the first working day or after it; false for what lies before.
func (w workdays) placeSince(d calendar.Date) (int, bool) {
	if len(w) == 0 || d.Before(w[0]) {
		return 0, false
	}
	return w.placeOf(d)
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

// listWorkingDays lists the working days from a date to the one before another.
func listWorkingDays(x *index.Index, from, before calendar.Date) workdays {
	var days workdays
	for d := from; d.Before(before); d = d.Add(1) {
		if x.History.Team.Calendar.Working(d) {
			days = append(days, d)
		}
	}
	return days
}

// workUnit says what a forecast counts.
type workUnit struct {
	unit  agile.Unit
	team  *measure.Team
	known *epicsAt // what its inquiry holds, nil for nothing
}

// past is what a forecast draws from, as of a moment.
type past struct {
	days       workdays
	places     dayPlaces // of days
	throughput forecast.Throughput
	sizes      []float64 // estimates of what was finished
}

// pastOf lays what was finished out on working days: all of it, or only what belonged to an epic.
func (u workUnit) pastOf(at time.Time, epicsOnly bool) past {
	var p past
	done := u.team.Index.Finishes(u.unit, at)
	if epicsOnly {
		done = slices.DeleteFunc(done, func(f index.Finish) bool { return !f.UnderEpic })
	}
	for _, f := range done {
		if f.Estimate.Known && u.unit != agile.Issues {
			p.sizes = append(p.sizes, f.Estimate.Value)
		}
	}
	if len(done) == 0 {
		return p
	}
	p.days = listWorkingDays(u.team.Index, u.team.Index.Date(done[0].At), u.team.Index.Date(at))
	p.places, p.throughput = placesOf(p.days), make(forecast.Throughput, len(p.days))
	for _, f := range done {
		n, ok := p.days.placeOf(u.team.Index.Date(f.At))
		if ok && f.Estimate.Known {
			p.throughput[n] += max(0, f.Estimate.Value)
		}
	}
	return p
}

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

// AskDates tells dates, odds and state of a forecast alone, without what moved and what it costs: the same figures as
// [Ask].
func AskDates(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	return About(team).AskDates(q, at)
}

// AskDates is [AskDates] for one of several questions about a team.
func (inquiry *Inquiry) AskDates(q Question, at time.Time) (*Forecast, error) {
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: at.UTC(), Unit: o.unit.unit, Trials: forecastTrials, Seed: forecast.Seed,
		HistoryDays: len(o.past.throughput.Window()), State: StateUnknown, Quality: o.gradeForecast(q)}
	o.fillQuestion(f, q)
	o.fillAsked(f, q)
	return f, nil
}

// OutcomeOf tells of a quarter that is over when its work was done, nil where it was not, and what was told at its
// middle.
func OutcomeOf(team *measure.Team, name roadmap.QuarterName, at time.Time) (came *string, told *Told) {
	span := team.Roadmap.Span(name)
	return doneOn(team, span, at, takeAll), toldAtMiddle(team, name, span)
}

// AskBriefly answers a question with dates, odds and what moved them, and leaves out what takes longer.
func AskBriefly(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	inquiry := About(team)
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: o.at.UTC(), Unit: o.unit.unit, State: StateUnknown}
	o.fillQuestion(f, q)
	told := o.fillAsked(f, q)
	if told {
		f.Moved = movedSince(inquiry, q, o)
	}
	f.Quality = o.gradeForecast(q)
	return f, nil
}
