package duty

import "time"

// date is a date of a calendar.
type date struct{ utc time.Time } // its midnight in UTC

func dateOf(year int, month time.Month, day int) date {
	return date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// dayOn returns the date that a zone's clocks show.
func dayOn(t time.Time, zone *time.Location) date {
	local := t.In(zone)
	return dateOf(local.Year(), local.Month(), local.Day())
}

// atHour returns the instant of a whole hour of the date in a zone. None of the hours used here is ever skipped.
func (d date) atHour(hour int, zone *time.Location) time.Time {
	return time.Date(d.utc.Year(), d.utc.Month(), d.utc.Day(), hour, 0, 0, 0, zone).UTC()
}

func (d date) addDays(days int) date    { return date{d.utc.AddDate(0, 0, days)} }
func (d date) daysSince(other date) int { return int(d.utc.Sub(other.utc) / (24 * time.Hour)) }
func (d date) isBefore(other date) bool { return d.utc.Before(other.utc) }
func (d date) isZero() bool             { return d.utc.IsZero() }
func (d date) monthText() string        { return d.utc.Format("2006-01") }

// String writes the date as in 2026-11-23; none is "".
func (d date) String() string {
	if d.isZero() {
		return ""
	}
	return d.utc.Format(time.DateOnly)
}

func (d date) isWeekend() bool {
	return d.utc.Weekday() == time.Saturday || d.utc.Weekday() == time.Sunday
}

// nextMonth returns the first day of the month after that of a date.
func nextMonth(d date) date { return dateOf(d.utc.Year(), d.utc.Month()+1, 1) }

// parseMonth reads a month as in 2026-11 as its first day.
func parseMonth(text string) date {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return date{}
	}
	return date{t}
}

// parseDay reads a date as in 2026-11-23; another text is none.
func parseDay(text string) date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return date{}
	}
	return date{t}
}
