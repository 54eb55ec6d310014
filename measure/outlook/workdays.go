package outlook

import (
	"slices"

	"jerem/calendar"
	"jerem/measure/internal/index"
)

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

// dayPlaces are the places of working days by the number of the day.
type dayPlaces struct {
	days   int // how many working days there are
	first  int // number of the first one
	places []int
}

func placesOf(days workdays) dayPlaces {
	if len(days) == 0 {
		return dayPlaces{}
	}
	first, last := dayNumber(days[0]), dayNumber(days[len(days)-1])
	p := dayPlaces{days: len(days), first: first, places: make([]int, 0, last-first+1)}
	for n, day := range days {
		for len(p.places) <= dayNumber(day)-first {
			p.places = append(p.places, n)
		}
	}
	return p
}

// since returns the place of the working day that the day of a number falls on, the next one for a day off; false for
// what lies before the first working day, or is not over yet.
func (p dayPlaces) since(day int) (int, bool) {
	n := day - p.first
	if n < 0 || n >= len(p.places) {
		return 0, false
	}
	return p.places[n], true
}
