package outlook

import (
	"jerem/agile"
	"jerem/calendar"
)

// daysOffMove is how far a date moved because other days off are configured than when it was told.
type daysOffMove struct {
	moved   int                       // working days by the present calendar; later is positive
	changed map[calendar.Date]float64 // 1 for each working date that went that way
}

// daysOffBetween tells how far the date of a projection moved by the days off that changed between it and a later one:
// the same working days end on another date. Days off that were seen only after the later one are known to both.
func daysOffBetween(before, now *projection, days int) daysOffMove {
	h := before.team.Index.History
	changed := daysOffChanged(h, before, now)
	present, known := before.ahead.dateOf(days)
	if changed == nil || !known {
		return daysOffMove{}
	}
	former := &daysAhead{calendar: h.Team.Calendar, first: before.ahead.first}
	former.calendar.Off = func(d calendar.Date) bool {
		off := h.Team.Calendar.Off != nil && h.Team.Calendar.Off(d)
		return off != changed(d)
	}
	told, known := former.dateOf(days)
	if !known {
		return daysOffMove{}
	}
	m := daysOffMove{moved: signedWorkingDays(h.Team.Calendar, told, present), changed: map[calendar.Date]float64{}}
	last := present
	if present.Before(told) {
		last = told
	}
	for d := before.ahead.first; !last.Before(d); d = d.Add(1) {
		if became := h.Team.Calendar.Working(d); became != former.calendar.Working(d) && became == (m.moved < 0) {
			m.changed[d] = 1
		}
	}
	return m
}

// daysOffChanged tells which dates the days off of two moments differ by; nil where they are the same.
func daysOffChanged(h *agile.History, before, now *projection) func(calendar.Date) bool {
	was, is := h.DaysOffAt(before.at), h.DaysOffAt(now.at)
	if was == is {
		return nil
	}
	offThen, err := calendar.OffOf(was)
	if err != nil { // of a region that this program does not know
		return nil
	}
	offNow, err := calendar.OffOf(is)
	if err != nil {
		return nil
	}
	return func(d calendar.Date) bool { return offThen(d) != offNow(d) }
}
