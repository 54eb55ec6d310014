package oncall

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// Window is a part of the week that a rota covers, in civil times of the rota's zone. It belongs to the date
// on which it begins.
type Window struct {
	Weekdays [7]bool // by time.Weekday
	Holidays bool    // holidays of the rota's region, beside their weekday
	From, To int     // seconds since midnight; To not later than From is the next day's, equal ones are 24 hours
}

// Coverage says when a rota is on duty. The zero value covers nothing.
type Coverage struct {
	Always  bool
	Windows []Window
}

var weekdayNames = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// ParseDays reads the days of a window: Mon-Fri, Sat, Fri-Mon, holidays, or several of them with commas.
func ParseDays(text string) (Window, error) {
	var w Window
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "holidays" {
			w.Holidays = true
			continue
		}
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, to := slices.Index(weekdayNames, first), slices.Index(weekdayNames, last)
		if from < 0 || to < 0 {
			return Window{}, fmt.Errorf("%q names no days: write Mon-Fri, Sat or holidays, several with commas", part)
		}
		for day := from; ; day = (day + 1) % 7 {
			w.Weekdays[day] = true
			if day == to {
				break
			}
		}
	}
	return w, nil
}

// beginsOn tells whether the window has an occurrence that begins on a date.
func (w Window) beginsOn(d calendar.Date, holiday func(calendar.Date) bool) bool {
	return w.Weekdays[d.Weekday()] || w.Holidays && holiday != nil && holiday(d)
}

// spanOn returns the instants of the window that begins on a date.
func (w Window) spanOn(d calendar.Date, zone *time.Location) civil.Span {
	last := d
	if w.To <= w.From {
		last = d.Add(1)
	}
	return civil.Span{Start: civil.Instant(d, w.From, zone), End: civil.Instant(last, w.To, zone)}
}

// daysBefore is how many dates before an instant a window that reaches it may begin: one, and another one
// where the clocks of a zone skipped a date.
const daysBefore = 2

// BeganOn returns the date on which the occurrence of the window that holds t began, if it occurs on every day; ok is
// false where t lies in none.
func (w Window) BeganOn(t time.Time, zone *time.Location) (d calendar.Date, ok bool) {
	today := calendar.DateOf(t, zone)
	for d := today.Add(-daysBefore); !today.Before(d); d = d.Add(1) {
		if w.spanOn(d, zone).Holds(t) {
			return d, true
		}
	}
	return calendar.Date{}, false
}

// Covers tells whether an instant is covered.
func (c Coverage) Covers(t time.Time, zone *time.Location, holiday func(calendar.Date) bool) bool {
	if c.Always {
		return true
	}
	d := calendar.DateOf(t, zone)
	for day := d.Add(-daysBefore); !d.Before(day); day = day.Add(1) {
		for _, w := range c.Windows {
			if w.beginsOn(day, holiday) && w.spanOn(day, zone).Holds(t) {
				return true
			}
		}
	}
	return false
}

// Spans returns the covered time within a span, in order; windows that touch or overlap are one.
func (c Coverage) Spans(in civil.Span, zone *time.Location, holiday func(calendar.Date) bool) []civil.Span {
	if c.Always {
		return civil.UniteSpans([]civil.Span{in})
	}
	var out []civil.Span
	last := calendar.DateOf(in.End, zone)
	for d := calendar.DateOf(in.Start, zone).Add(-daysBefore); !last.Before(d); d = d.Add(1) {
		for _, w := range c.Windows {
			if w.beginsOn(d, holiday) {
				out = append(out, w.spanOn(d, zone).Clip(in))
			}
		}
	}
	return civil.UniteSpans(out)
}

// Uncovered returns what of an ordinary week nobody covers, as spans of the week that begins on Monday
// 5 January 2026 in UTC, where no clock changes: the reader sees weekdays and times. Holidays are left out.
func (c Coverage) Uncovered() []civil.Span {
	monday := calendar.Date{Year: 2026, Month: time.January, Day: 5}
	week := civil.Span{Start: civil.Midnight(monday, time.UTC), End: civil.Midnight(monday.Add(7), time.UTC)}
	return subtractSpans(week, c.Spans(week, time.UTC, nil))
}

// UncoveredHolidays returns the holidays from one date to another, both included, of which some time is not
// covered.
func (c Coverage) UncoveredHolidays(from, to calendar.Date, zone *time.Location,
	holiday func(calendar.Date) bool) []calendar.Date {
	var out []calendar.Date
	for d := from; holiday != nil && !to.Before(d); d = d.Add(1) {
		if !holiday(d) {
			continue
		}
		day := civil.Span{Start: civil.Midnight(d, zone), End: civil.Midnight(d.Add(1), zone)}
		if civil.SecondsOf(c.Spans(day, zone, holiday)) < day.Seconds() {
			out = append(out, d)
		}
	}
	return out
}

// subtractSpans returns what of a span lies outside a union.
func subtractSpans(whole civil.Span, taken []civil.Span) []civil.Span {
	var out []civil.Span
	start := whole.Start
	for _, s := range taken {
		if gap := (civil.Span{Start: start, End: s.Start}); !gap.Empty() {
			out = append(out, gap)
		}
		start = calendar.LaterOf(start, s.End)
	}
	if gap := (civil.Span{Start: start, End: whole.End}); !gap.Empty() {
		out = append(out, gap)
	}
	return out
}
