package subject

import (
	"time"

	"jerem/calendar"
	"jerem/web/format"
)

// DateAxis is an axis of dates, from 0 to 1.
type DateAxis struct{ From, To calendar.Date }

// PositionOf is the place of a date; what lies beyond an end stands at it.
func (a DateAxis) PositionOf(d calendar.Date) float64 {
	return min(max(float64(a.From.DaysUntil(d))/float64(a.From.DaysUntil(a.To)), 0), 1)
}

// PlaceOf is the place of a date that may not be told.
func (a DateAxis) PlaceOf(text *string) *float64 {
	date, ok := format.DateOf(text)
	if !ok {
		return nil
	}
	x := a.PositionOf(date)
	return &x
}

// ShortDate writes a date without its weekday: 31 Dec.
func ShortDate(d calendar.Date) string { return d.In(time.UTC, 0).Format("2 Jan") }

// WorkingDaysBetween counts the working days from one date to another, negative where the second is earlier.
func WorkingDaysBetween(from, to calendar.Date, cal calendar.Calendar) int {
	if to.Before(from) {
		return -cal.Dates(to.Add(1), from)
	}
	return cal.Dates(from.Add(1), to)
}

// SignedDays writes a number of working days with its sign.
func SignedDays(n int) string {
	switch {
	case n > 0:
		return "+" + format.WorkingDays(n)
	case n < 0:
		return "−" + format.WorkingDays(-n)
	}
	return format.WorkingDays(n)
}
