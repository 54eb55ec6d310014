package civil

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jerem/calendar"
)

// Instant returns the first instant at which the clocks of a zone show a time of a date or a later one;
// second counts from midnight on the clock's face and may be 86400 for 24:00. A time that the clocks skip is
// the first instant after the skip; of a time that comes twice it is the first. So of two civil times the
// later one never has the earlier instant.
func Instant(d calendar.Date, second int, zone *time.Location) time.Time {
	return d.In(zone, time.Duration(second)*time.Second)
}

// Midnight returns the first instant of a date in a zone.
func Midnight(d calendar.Date, zone *time.Location) time.Time { return Instant(d, 0, zone) }

// ClockOf returns the date and the second since midnight that the clocks of a zone show at t.
func ClockOf(t time.Time, zone *time.Location) (calendar.Date, int) {
	h, m, s := t.In(zone).Clock()
	return calendar.DateOf(t, zone), h*60*60 + m*60 + s
}

// ParseClock reads a time of day, 00:00 to 24:00, as seconds since midnight.
func ParseClock(text string) (int, error) {
	h, m, ok := strings.Cut(text, ":")
	hour, errHour := strconv.Atoi(h)
	minute, errMinute := strconv.Atoi(m)
	isShaped := ok && !strings.HasPrefix(text, "+") && len(h) == 2 && len(m) == 2 && errHour == nil && errMinute == nil
	if !isShaped || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > 24*60 {
		return 0, fmt.Errorf("%q is no time of day: write it as 09:00, from 00:00 to 24:00", text)
	}
	return hour*60*60 + minute*60, nil
}

// Unit is what a Period counts: days, weeks or months of the calendar.
type Unit string

// The units of a Period, as the configuration writes them.
const (
	Days   Unit = "d"
	Weeks  Unit = "w"
	Months Unit = "mo"
)

// Period is a number of days, weeks or months of the calendar; it has no length in seconds.
type Period struct {
	Number int
	Unit   Unit
}

// largestPeriod bounds the number of a period, so that its dates stay within the calendar.
const largestPeriod = 1000

// ParsePeriod reads 2d, 1w or 1mo. An m alone means minutes elsewhere and is refused.
func ParsePeriod(text string) (Period, error) {
	digits := strings.TrimRight(text, "dwmo")
	unit := Unit(text[len(digits):])
	n, err := strconv.Atoi(digits)
	isUnit := unit == Days || unit == Weeks || unit == Months
	if err != nil || !isUnit || n < 1 || n > largestPeriod || digits[0] == '+' {
		return Period{}, fmt.Errorf("%q is no period: write 2d, 1w or 1mo, at most %d of them", text, largestPeriod)
	}
	return Period{n, unit}, nil
}

// String returns the period as the configuration writes it.
func (p Period) String() string { return strconv.Itoa(p.Number) + string(p.Unit) }

// After returns the date k periods after an anchor. Months are counted from the anchor and clamp to the last
// day of a shorter month, so a monthly period from the 31st comes back to the 31st.
func (p Period) After(anchor calendar.Date, k int) calendar.Date {
	switch p.Unit {
	case Weeks:
		return anchor.Add(7 * p.Number * k)
	case Months:
		first := time.Date(anchor.Year, anchor.Month+time.Month(p.Number*k), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return calendar.Date{Year: first.Year(), Month: first.Month(), Day: min(anchor.Day, last)}
	}
	return anchor.Add(p.Number * k)
}

// Count returns about how many periods lie between two dates: the right number or one beside it.
func (p Period) Count(anchor, d calendar.Date) int {
	switch p.Unit {
	case Weeks:
		return anchor.DaysUntil(d) / (7 * p.Number)
	case Months:
		return ((d.Year-anchor.Year)*12 + int(d.Month-anchor.Month)) / p.Number
	}
	return anchor.DaysUntil(d) / p.Number
}

// Later returns the instant a period after t on the clocks of a zone.
func (p Period) Later(t time.Time, zone *time.Location) time.Time {
	d, second := ClockOf(t, zone)
	return Instant(p.After(d, 1), second, zone)
}

// Month is a month of the calendar.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf returns the month of t in a zone.
func MonthOf(t time.Time, zone *time.Location) Month {
	d := calendar.DateOf(t, zone)
	return Month{d.Year, d.Month}
}

// String returns the month as 2006-01.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// First returns the first date of the month.
func (m Month) First() calendar.Date { return calendar.Date{Year: m.Year, Month: m.Month, Day: 1} }

// Next returns the month after.
func (m Month) Next() Month {
	d := Period{1, Months}.After(m.First(), 1)
	return Month{d.Year, d.Month}
}

// Previous returns the month before.
func (m Month) Previous() Month {
	d := Period{1, Months}.After(m.First(), -1)
	return Month{d.Year, d.Month}
}

// Before tells whether m comes before n.
func (m Month) Before(n Month) bool { return m.First().Before(n.First()) }

// Span returns the month's instants in a zone.
func (m Month) Span(zone *time.Location) Span {
	return Span{Midnight(m.First(), zone), Midnight(m.Next().First(), zone)}
}
