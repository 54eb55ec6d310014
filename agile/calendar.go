package agile

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
func (d Date) DaysUntil(e Date) int {
	return int(e.In(time.UTC, 0).Sub(d.In(time.UTC, 0)).Hours() / 24)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// Calendar says when a team works: dates that are neither weekend nor day off, between two times
// of day, in a time zone.
type Calendar struct {
	Zone       *time.Location
	Start, End time.Duration   // the working hours, since midnight; 09:00 to 18:00 by default
	Off        func(Date) bool // days off besides weekends; may be nil
}

// Working tells whether a date is a working date.
func (c Calendar) Working(d Date) bool {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	return c.Off == nil || !c.Off(d)
}

// Hours returns the first and the last moment of the working hours of a date.
func (c Calendar) Hours(d Date) (from, to time.Time) {
	return d.In(c.Zone, c.Start), d.In(c.Zone, c.End)
}

// Days returns the working time between two moments in working days: a working date counts 1, a
// part of one by the share of its working hours. It is 0 when b is not after a.
func (c Calendar) Days(a, b time.Time) float64 {
	if !b.After(a) {
		return 0
	}
	var sum float64
	last := DateOf(b, c.Zone)
	for d := DateOf(a, c.Zone); !last.Before(d); d = d.Add(1) {
		if !c.Working(d) {
			continue
		}
		from, to := c.Hours(d)
		whole := to.Sub(from)
		if from.Before(a) {
			from = a
		}
		if to.After(b) {
			to = b
		}
		if to.After(from) && whole > 0 {
			sum += float64(to.Sub(from)) / float64(whole)
		}
	}
	return sum
}

// Dates counts the working dates from one date to another, both included.
func (c Calendar) Dates(from, to Date) int {
	n := 0
	for d := from; !to.Before(d); d = d.Add(1) {
		if c.Working(d) {
			n++
		}
	}
	return n
}
