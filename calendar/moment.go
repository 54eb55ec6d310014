package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jerem/problem"
)

// The years that moments may lie in: working days are counted one by one, so there must be an end.
const (
	FirstYear = 1
	LastYear  = 2199
)

// MomentHint says how a moment is written.
const MomentHint = "Write a time like 2026-11-23T14:00:00Z, or a date like 2026-11-23."

// Moment is a moment as people write it: a date, a time without a zone, or a time with one. The first two
// mean another instant in every time zone, so a question that spans teams reads it in the zone of each.
type Moment struct {
	date  Date
	clock time.Duration // since midnight; -1 for a date alone
	exact time.Time     // of a time with a zone; else zero
}

// BadMoment is the code of a text that is no moment. Its hint says how one is written.
const BadMoment problem.Code = "calendar.bad_moment"

// badMoment says why a text is no moment: the message quotes a line of it at most.
func badMoment(text, why, hint string) *problem.Problem {
	return &problem.Problem{Code: BadMoment, Message: strconv.Quote(shortenText(text)) + " " + why, Hint: hint}
}

// The ways to write a time: with a zone, and without one.
var (
	zonedForms = []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"}
	localForms = []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04"}
)

// ParseMoment reads a date (2026-11-23), a time without a zone (2026-11-23T14:00, seconds and fractions
// optional) or RFC 3339. A space may stand for the T, and for the plus of an offset, which is what becomes of
// an unescaped plus in the query of an address. Years lie from [FirstYear] to [LastYear]. The error is
// one of the code [BadMoment].
func ParseMoment(text string) (Moment, error) {
	plain := momentSpaces(strings.ToUpper(strings.TrimSpace(text)))
	m, ok := parseForms(plain)
	if !ok {
		return Moment{}, badMoment(text, "is not a time", MomentHint)
	}
	for _, year := range []int{m.date.Year, m.First(time.UTC).Year()} {
		if year > LastYear {
			hint := fmt.Sprintf("Write a time like 2026-11-23T14:00:00Z; the last year is %d.", LastYear)
			return Moment{}, badMoment(text, "is too far ahead", hint)
		}
		if year < FirstYear {
			hint := fmt.Sprintf("Write a time like 2026-11-23T14:00:00Z; the first year is %d.", FirstYear)
			return Moment{}, badMoment(text, "is too far back", hint)
		}
	}
	return m, nil
}

func parseForms(text string) (Moment, bool) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return Moment{date: DateOf(t, time.UTC), clock: -1}, true
	}
	for _, form := range localForms {
		if t, err := time.Parse(form, text); err == nil {
			date := DateOf(t, time.UTC)
			return Moment{date: date, clock: t.Sub(date.Midnight(time.UTC))}, true
		}
	}
	for _, form := range zonedForms {
		if t, err := time.Parse(form, text); err == nil {
			return Moment{date: DateOf(t, t.Location()), exact: t.UTC()}, true
		}
	}
	return Moment{}, false
}

// momentSpaces puts the T between date and time, and the plus before an offset, where a space stands for it.
func momentSpaces(text string) string {
	const date = len("2006-01-02")
	if len(text) > date && text[date] == ' ' {
		text = text[:date] + "T" + text[date+1:]
	}
	return strings.Replace(text, " ", "+", 1)
}

// shortenText is a text as a message quotes it.
func shortenText(text string) string {
	const most = 60
	letters := []rune(strings.ToValidUTF8(text, "�"))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}

// IsDate tells whether it is a date without a time.
func (m Moment) IsDate() bool { return m.exact.IsZero() && m.clock < 0 }

// Date returns the date as it was written.
func (m Moment) Date() Date { return m.date }

// First returns the moment in a zone as the beginning of a span, in UTC: of a date its first moment.
func (m Moment) First(zone *time.Location) time.Time {
	if m.IsDate() {
		return m.date.Midnight(zone).UTC()
	}
	return m.instantIn(zone)
}

// Last returns the moment in a zone as the end of a span, or as the moment that is asked for, in UTC: of a
// date its last microsecond.
func (m Moment) Last(zone *time.Location) time.Time {
	if m.IsDate() {
		return m.date.Add(1).Midnight(zone).Add(-time.Microsecond).UTC()
	}
	return m.instantIn(zone)
}

func (m Moment) instantIn(zone *time.Location) time.Time {
	if !m.exact.IsZero() {
		return m.exact
	}
	seconds := m.clock.Truncate(time.Second)
	return m.date.In(zone, seconds).Add(m.clock - seconds).UTC()
}

// LaterOf returns the later of two instants, the second where they are the same.
func LaterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// EarlierOf returns the earlier of two instants, the second where they are the same.
func EarlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
