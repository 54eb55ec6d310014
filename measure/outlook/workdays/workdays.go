package workdays

import (
	"slices"

	"jerem/calendar"
	"jerem/measure/internal/index"
)

// List are the working days of a team from that of its first finish to the one before today, in ascending order.
type List []calendar.Date

// PlaceOf returns the place of the working day that a date falls on, the next one for a day off; false where that day
// is not over yet.
func (w List) PlaceOf(d calendar.Date) (int, bool) {
	n, _ := slices.BinarySearchFunc(w, d, calendar.Date.Compare)
	return n, n < len(w)
}

// PlaceSince is PlaceOf for what lies on the first working day or after it; false for what lies before.
func (w List) PlaceSince(d calendar.Date) (int, bool) {
	if len(w) == 0 || d.Before(w[0]) {
		return 0, false
	}
	return w.PlaceOf(d)
}

// Between lists the working days from a date to the one before another.
func Between(x *index.Index, from, before calendar.Date) List {
	var days List
	for d := from; d.Before(before); d = d.Add(1) {
		if x.History.Team.Calendar.Working(d) {
			days = append(days, d)
		}
	}
	return days
}

// Places are the places of working days by the number of the day.
type Places struct {
	Days   int // how many working days there are
	first  int // number of the first one
	places []int
}

// PlacesOf returns the places of working days.
func PlacesOf(days List) Places {
	if len(days) == 0 {
		return Places{}
	}
	first, last := days[0].Number(), days[len(days)-1].Number()
	p := Places{Days: len(days), first: first, places: make([]int, 0, last-first+1)}
	for n, day := range days {
		for len(p.places) <= day.Number()-first {
			p.places = append(p.places, n)
		}
	}
	return p
}

// PlaceOf returns the place of the working day that the day of a number falls on, as [List.PlaceOf] does.
func (p Places) PlaceOf(day int) (int, bool) { return p.Since(max(day, p.first)) }

// Since returns the place of the working day that the day of a number falls on, the next one for a day off; false for
// what lies before the first working day, or is not over yet.
func (p Places) Since(day int) (int, bool) {
	n := day - p.first
	if n < 0 || n >= len(p.places) {
		return 0, false
	}
	return p.places[n], true
}
