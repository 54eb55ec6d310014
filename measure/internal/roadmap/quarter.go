package roadmap

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// QuarterName names a quarter: Q4-26 is the fourth one of 2026. Where a team's year does not begin in
// January, the year is the one in which its first quarter begins.
type QuarterName struct{ Number, Year int }

// String returns the name as Qn-yy.
func (q QuarterName) String() string { return fmt.Sprintf("Q%d-%02d", q.Number, q.Year%100) }

// Compare orders quarters by time.
func (q QuarterName) Compare(other QuarterName) int {
	return cmp.Or(cmp.Compare(q.Year, other.Year), cmp.Compare(q.Number, other.Number))
}

var quarterForm = regexp.MustCompile(`^[Qq]([1-4])-(\d{2})$`)

// ParseQuarter reads a name as Qn-yy; false where it is none.
func ParseQuarter(text string) (QuarterName, bool) { return quarterBy(quarterForm, text) }

// quarterBy reads a label by a pattern whose first group is the number and whose second is the year; false for a
// quarter of another century.
func quarterBy(pattern *regexp.Regexp, label string) (QuarterName, bool) {
	m := pattern.FindStringSubmatch(label)
	if len(m) < 3 {
		return QuarterName{}, false
	}
	number, err1 := strconv.Atoi(m[1])
	year, err2 := strconv.Atoi(m[2])
	if err1 != nil || err2 != nil || number < 1 || number > 4 {
		return QuarterName{}, false
	}
	if 0 <= year && year < 100 {
		year += 2000
	}
	q := QuarterName{number, year}
	return q, q.isOfThisCentury()
}

// isOfThisCentury tells whether no other quarter has the name: it tells two digits of the year.
func (q QuarterName) isOfThisCentury() bool { return q.Year/100 == 20 }

// Dates returns the first and the last day of a quarter of the team.
func (r *Roadmap) Dates(q QuarterName) (first, last calendar.Date) {
	return datesFrom(q, r.Index.History.Team.Quarter.FirstMonth)
}

// datesFrom returns the first and the last day of a quarter where Q1 begins in a month.
func datesFrom(q QuarterName, firstMonth time.Month) (first, last calendar.Date) {
	month := max(1, int(firstMonth)) + 3*(q.Number-1)
	from := time.Date(q.Year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 3, -1)
	return calendar.Date{Year: from.Year(), Month: from.Month(), Day: from.Day()}, calendar.Date{Year: to.Year(),
		Month: to.Month(), Day: to.Day()}
}

// QuarterSpan is a quarter in the team's time zone: its first moment, and the first one after it.
type QuarterSpan struct {
	Name        QuarterName
	First, Last calendar.Date
	From, To    time.Time
}

// Span returns a quarter in the time zone of the team.
func (r *Roadmap) Span(q QuarterName) QuarterSpan {
	return SpanFrom(q, r.Index.History.Team.Quarter.FirstMonth, r.Index.History.Team.Calendar.Zone)
}

// SpanFrom returns a quarter in a time zone as it is where Q1 begins in a month.
func SpanFrom(q QuarterName, firstMonth time.Month, zone *time.Location) QuarterSpan {
	s := QuarterSpan{Name: q}
	s.First, s.Last = datesFrom(q, firstMonth)
	s.From, s.To = s.First.Midnight(zone), s.Last.Add(1).Midnight(zone)
	return s
}

// Instant is the shortest time that is told apart. What ends at a midnight stands as of an instant
// before it: a change at midnight belongs to the day that begins.
const Instant = time.Microsecond

// AsOf returns the moment as of which a quarter stands: the one asked, but at most its end.
func (s QuarterSpan) AsOf(at time.Time) time.Time {
	if at.Before(s.To) {
		return at
	}
	return s.To.Add(-Instant)
}

// EndOfFirstDay returns the last instant of the first working day of a quarter.
func (s QuarterSpan) EndOfFirstDay(c calendar.Calendar) time.Time {
	d := s.First
	for !s.Last.Before(d) && !c.Working(d) {
		d = d.Add(1)
	}
	return d.Add(1).Midnight(c.Zone).Add(-Instant)
}

// QuarterAt returns the quarter that a moment lies in.
func (r *Roadmap) QuarterAt(at time.Time) QuarterName {
	return QuarterOfDay(r.Index.History.Team.Quarter, calendar.DateOf(at, r.Index.History.Team.Calendar.Zone))
}

// QuarterOfDay returns the quarter that a day lies in.
func QuarterOfDay(rule agile.QuarterRule, day calendar.Date) QuarterName {
	first := max(time.January, rule.FirstMonth)
	year, months := day.Year, int(day.Month-first)
	if months < 0 {
		year, months = year-1, months+12
	}
	return QuarterName{months/3 + 1, year}
}

// Before returns the quarter before.
func (q QuarterName) Before() QuarterName {
	if q.Number == 1 {
		return QuarterName{4, q.Year - 1}
	}
	return QuarterName{q.Number - 1, q.Year}
}
