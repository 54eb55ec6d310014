package oncall

import (
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// Person is somebody who may be on duty, by the handle that the team chose. It is never joined to an account
// of Jira.
type Person struct {
	Handle       string
	Login        string // who this is when logged in; "" for one who never is
	Region       string // whose holidays Holiday tells; "" for none
	Zone         *time.Location
	HoursFrom    int                      // working hours, seconds since midnight
	HoursTo      int                      // not later than HoursFrom is the next day's
	Holiday      func(calendar.Date) bool // holidays of the person's region; nil: none
	DayOff       func(calendar.Date) bool // days without working hours beside weekends and holidays; nil: none
	Payroll      string                   // for those who pay only
	From         calendar.Date            // as the file writes it, included; zero: open
	Until        calendar.Date            // as the file writes it, included; zero: open
	Joins        time.Time                // from here on they may be on duty: the instant of From; zero: always
	Leaves       time.Time                // up to here they may be on duty: the end of Until; zero: always
	CanBeMailed  bool                     // has a contact that takes messages
	HasConfirmed bool                     // a contact of theirs was confirmed by an answer
}

// Employment turns the dates of a person's `from` and `until`, both included and zero where they are open,
// into the instants of Joins and Leaves.
func Employment(from, until calendar.Date, zone *time.Location) (joins, leaves time.Time) {
	if from != (calendar.Date{}) {
		joins = civil.Midnight(from, zone)
	}
	if until != (calendar.Date{}) {
		leaves = civil.Midnight(until.Add(1), zone)
	}
	return joins, leaves
}

// Present tells whether the person may be on duty at t.
func (p Person) Present(t time.Time) bool {
	return (p.Joins.IsZero() || !t.Before(p.Joins)) && (p.Leaves.IsZero() || t.Before(p.Leaves))
}

// OutsideEmployment returns the first part of a span in which the person is not there, before their first day or after
// their last one; it is empty where they are there through all of it.
func (p Person) OutsideEmployment(in civil.Span) civil.Span {
	switch {
	case !p.Joins.IsZero() && in.Start.Before(p.Joins):
		return civil.Span{Start: in.Start, End: calendar.EarlierOf(in.End, p.Joins)}
	case !p.Leaves.IsZero() && p.Leaves.Before(in.End):
		return civil.Span{Start: calendar.LaterOf(in.Start, p.Leaves), End: in.End}
	}
	return civil.Span{}
}

// IsHoliday tells whether a date is a holiday of the person's region.
func (p Person) IsHoliday(d calendar.Date) bool { return p.Holiday != nil && p.Holiday(d) }

// Works tells whether the person has working hours that begin on a date.
func (p Person) Works(d calendar.Date) bool {
	return !IsWeekend(d) && !p.IsHoliday(d) && (p.DayOff == nil || !p.DayOff(d))
}

// IsWeekend tells whether a date is a Saturday or a Sunday.
func IsWeekend(d calendar.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// WorkingTime returns the person's working hours within a span.
func (p Person) WorkingTime(in civil.Span) []civil.Span {
	hours := Window{From: p.HoursFrom, To: p.HoursTo}
	var out []civil.Span
	last := calendar.DateOf(in.End, p.Zone)
	for d := calendar.DateOf(in.Start, p.Zone).Add(-daysBefore); !last.Before(d); d = d.Add(1) {
		if p.Works(d) {
			out = append(out, hours.spanOn(d, p.Zone).Clip(in))
		}
	}
	return civil.UniteSpans(out)
}

// AtWork tells whether t lies in the person's working hours.
func (p Person) AtWork(t time.Time) bool {
	return len(p.WorkingTime(civil.Span{Start: t, End: t.Add(time.Second)})) > 0
}

// OutOfHours tells whether t lies outside the person's working hours, weekends, holidays and days off included.
func (p Person) OutOfHours(t time.Time) bool { return !p.AtWork(t) }

// People are persons by handle. One who is not among them is taken to be present always: the handle of a
// person who was forgotten still stands in the past.
type People map[string]Person

// PeopleOf makes People of a list.
func PeopleOf(list ...Person) People {
	out := People{}
	for _, p := range list {
		out[p.Handle] = p
	}
	return out
}

// Present tells whether somebody may be on duty at t.
func (p People) Present(handle string, t time.Time) bool {
	person, isKnown := p[handle]
	return handle != "" && (!isKnown || person.Present(t))
}
