package calendar

import (
	"cmp"
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

// Noon returns the moment in a zone at which clocks show twelve on the date. What is told of a whole day stands there:
// at midnight a Monday would lie in the week before for whoever counts weeks in UTC, where the zone is east of it.
func (d Date) Noon(zone *time.Location) time.Time { return d.In(zone, 12*time.Hour) }

// Add returns the date n days later.
func (d Date) Add(n int) Date { return DateOfNumber(d.Number() + n) }

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

// Compare is -1 where d comes before e, 1 where it comes after it, and 0 where they are the same.
func (d Date) Compare(e Date) int { return cmp.Compare(d.Number(), e.Number()) }

// DaysUntil returns how many days lie from d to e, negative where e comes before.
func (d Date) DaysUntil(e Date) int { return e.Number() - d.Number() }

// Days of the Gregorian calendar: its 400 years have as many each time, and 1 March of the year 0 lies so many before 1
// January 1970. Both functions below are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", which
// count years from 1 March.
const (
	daysOf400Years   = 146_097
	firstMarchTo1970 = 719_468
)

// Number counts the days since 1 January 1970, so that dates of several calendars compare.
func (d Date) Number() int {
	year, month := d.Year, int(d.Month)
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := floorDiv(year, 400)
	inEra := year - era*400
	inYear := (153*(month-3)+2)/5 + d.Day - 1
	return era*daysOf400Years + inEra*365 + inEra/4 - inEra/100 + inYear - firstMarchTo1970
}

// DateOfNumber returns the date of a [Date.Number].
func DateOfNumber(n int) Date {
	n += firstMarchTo1970
	era := floorDiv(n, daysOf400Years)
	inEra := n - era*daysOf400Years
	year := (inEra - inEra/1460 + inEra/36_524 - inEra/146_096) / 365
	inYear := inEra - (365*year + year/4 - year/100)
	month := (5*inYear + 2) / 153
	d := Date{Year: year + era*400, Month: time.Month(month + 3), Day: inYear - (153*month+2)/5 + 1}
	if d.Month > time.December {
		d.Year, d.Month = d.Year+1, d.Month-12
	}
	return d
}

// floorDiv divides and rounds down.
func floorDiv(n, by int) int {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}

// Weekday returns the day of the week: 1 January 1970 was a Thursday.
func (d Date) Weekday() time.Weekday {
	n := d.Number() + int(time.Thursday)
	return time.Weekday(n - 7*floorDiv(n, 7))
}
