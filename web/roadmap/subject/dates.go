package subject

import (
	"time"

	"jerem/calendar"
	"jerem/web/format"
)

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
