package unexpected

import (
	"time"

	"jerem/calendar"
	"jerem/measure/internal/impediment"
)

// This file decides of which time the load of on-call is told: starts out of hours, disturbed nights and owed rest.
// Beside a public rota that of a day or a week would be one person's, and so would be what two spans differ by. A
// sprint is of the team's own making, and has one load, told once its last day is over; of a span that ends with the
// moment asked, as that of a sprint that runs, load is told by whole months.

// fewestPeople is from how many people on duty what would be one person's load is told.
const fewestPeople = 3

// Why load is not told, or is that of other days than what stands beside it.
const (
	WhyUntold  = "fewer than three people were on duty in each month that it touches: it would be one person's load"
	WhyNoMonth = "they are told of whole months that are over, and these days hold none: what two days differ by " +
		"would be one person's load"
	WhyOpen = "they are told of a sprint once its last day is over, of other days by whole months: what two days " +
		"differ by would be one person's load"
	WhyMonths = "nights and rest are those of its whole months that are over and in which three people or more were " +
		"on duty: what two days differ by would be one person's load"
)

// load is the parts of a window of which load is told, and why it is not that of the whole; none where it is not told.
type load struct {
	parts []impediment.Window
	why   string
}

// tellsOf tells whether the load of a moment is told.
func (o load) tellsOf(t time.Time) bool {
	for _, part := range o.parts {
		if part.Holds(t) {
			return true
		}
	}
	return false
}

// loadOf returns that load is told of all of a window as of a moment, or of its whole months while it lasts or its last
// day does, or of nothing where in none of the months that it touches three people were on duty.
func loadOf(l *List, w impediment.Window, known time.Time) load {
	switch {
	case !l.hasEnoughPeople(w.From, w.To):
		return load{why: WhyUntold}
	case w.Closed && !l.CountedUntil(known).Before(w.To):
		return load{parts: []impediment.Window{w}}
	}
	told := loadOfMonths(l, w.From, w.To, known)
	if told.why == WhyNoMonth {
		told.why = WhyOpen
	}
	return told
}

// loadOfMonths returns the whole months from one moment to another that are over as of a third, and in which three
// people or more were on duty.
func loadOfMonths(l *List, from, to, known time.Time) load {
	until := calendar.EarlierOf(to, l.CountedUntil(known))
	told := load{why: WhyNoMonth}
	for _, m := range l.OnCall.Months {
		begin := calendar.Date{Year: m.Year, Month: m.Month, Day: 1}.Midnight(l.zone())
		end := firstOfNext(m.Year, m.Month).Midnight(l.zone())
		if begin.Before(from) || end.After(until) {
			continue
		}
		if m.People < fewestPeople {
			told.why = WhyUntold
			continue
		}
		told.parts = append(told.parts, impediment.Window{From: begin, To: end, Closed: true})
	}
	if len(told.parts) > 0 {
		told.why = WhyMonths
	}
	return told
}

// firstOfNext returns the first day of the month after one.
func firstOfNext(year int, month time.Month) calendar.Date {
	return calendar.DateOf(time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC), time.UTC)
}

// hasEnoughPeople says whether enough people were on duty in one of the months that a span touches for what would be
// one person's load otherwise.
func (l *List) hasEnoughPeople(from, to time.Time) bool {
	first, last := l.Impediments.Index.Date(from), l.Impediments.Index.Date(to)
	for _, m := range l.OnCall.Months {
		begins := calendar.Date{Year: m.Year, Month: m.Month, Day: 1}
		if !last.Before(begins) && first.Before(firstOfNext(m.Year, m.Month)) && m.People >= fewestPeople {
			return true
		}
	}
	return false
}
