package calendar

import (
	"fmt"
	"time"
)

// Date is a day of the calendar, without zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date of t in a zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// String returns the date as 2006-01-02.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// In returns the moment of a time of day of the date in a zone. A time that the clocks skip stands
// for the moment at which they skip it; of one that comes twice it is the first.
func (d Date) In(zone *time.Location, sinceMidnight time.Duration) time.Time {
	seconds := int(sinceMidnight / time.Second)
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, zone)
	wall := time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, time.UTC).Unix()
	// On 31 December of a leap year beyond a zone's table ZoneBounds ends before t; no clocks skip a time then, and
	// only for a skipped time the end is used.
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	switch shown := t.Unix() + int64(offset); {
	case shown < wall: // skipped, and taken as of before
		return end
	case shown > wall: // skipped, and taken as of after
		return start
	case start.IsZero():
		return t
	}
	_, before := start.Add(-1).Zone()
	if first := time.Unix(wall-int64(before), 0).In(zone); first.Before(start) {
		return first
	}
	return t
}

// Midnight returns the first moment of the date in a zone.
func (d Date) Midnight(zone *time.Location) time.Time { return d.In(zone, 0) }

// Add returns the date n days later.
func (d Date) Add(n int) Date {
	t := time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC)
	return Date{t.Year(), t.Month(), t.Day()}
}

// Before tells whether d comes before e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// DaysUntil returns how many days lie from d to e, negative where e comes before.
func (d Date) DaysUntil(e Date) int { return e.dayNumber() - d.dayNumber() }

// dayNumber counts the days since 1 January 1970.
func (d Date) dayNumber() int {
	const day = 24 * 60 * 60
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / day)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}
