package agile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
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

// MomentError says why a text is no moment, and how one is written.
type MomentError struct{ Text, Why, Hint string }

// Error returns the text and what is wrong with it.
func (e *MomentError) Error() string { return strconv.Quote(e.Text) + " " + e.Why }

// The ways to write a time: with a zone, and without one.
var (
	zonedForms = []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"}
	localForms = []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04"}
)

// ParseMoment reads a date (2026-11-23), a time without a zone (2026-11-23T14:00, seconds and fractions
// optional) or RFC 3339. A space may stand for the T, and for the plus of an offset, which is what becomes of
// an unescaped plus in the query of an address. Years lie from [FirstYear] to [LastYear]. The error is a
// *[MomentError].
func ParseMoment(text string) (Moment, error) {
	plain := momentSpaces(strings.ToUpper(strings.TrimSpace(text)))
	m, ok := parseForms(plain)
	if !ok {
		return Moment{}, &MomentError{Text: shortened(text), Why: "is not a time", Hint: MomentHint}
	}
	for _, year := range []int{m.date.Year, m.First(time.UTC).Year()} {
		if year > LastYear {
			hint := fmt.Sprintf("Write a time like 2026-11-23T14:00:00Z; the last year is %d.", LastYear)
			return Moment{}, &MomentError{Text: shortened(text), Why: "is too far ahead", Hint: hint}
		}
		if year < FirstYear {
			hint := fmt.Sprintf("Write a time like 2026-11-23T14:00:00Z; the first year is %d.", FirstYear)
			return Moment{}, &MomentError{Text: shortened(text), Why: "is too far back", Hint: hint}
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

// shortened is a text as a message quotes it.
func shortened(text string) string {
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
	return m.instant(zone)
}

// Last returns the moment in a zone as the end of a span, or as the moment that is asked for, in UTC: of a
// date its last microsecond.
func (m Moment) Last(zone *time.Location) time.Time {
	if m.IsDate() {
		return m.date.Add(1).Midnight(zone).Add(-time.Microsecond).UTC()
	}
	return m.instant(zone)
}

func (m Moment) instant(zone *time.Location) time.Time {
	if !m.exact.IsZero() {
		return m.exact
	}
	seconds := m.clock.Truncate(time.Second)
	return m.date.In(zone, seconds).Add(m.clock - seconds).UTC()
}

// durationUnits are the units of [ParseDuration]. A day has 24 hours, a year 365 days.
var durationUnits = map[string]time.Duration{
	"y": 365 * 24 * time.Hour, "w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute,
	"s": time.Second, "ms": time.Millisecond, "us": time.Microsecond, "µs": time.Microsecond, "ns": time.Nanosecond,
}

// ParseDuration reads 90s, 10m, 11h, 15d, 2w, 5y, parts one after another (1h30m), and 0. A minus in front makes it
// negative. It fails on anything else, and on what is longer than about 292 years.
func ParseDuration(text string) (time.Duration, error) {
	fail := fmt.Errorf("%q is not a duration: write it like 90s, 10m, 11h, 15d, 2w or 5y", shortened(text))
	rest, negative := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(text), "+"), "-")
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, fail
	}
	var sum time.Duration
	for rest != "" {
		part, after, ok := durationPart(rest)
		if !ok || sum > math.MaxInt64-part {
			return 0, fail
		}
		sum, rest = sum+part, after
	}
	if negative {
		sum = -sum
	}
	return sum, nil
}

// durationPart reads one number with its unit from the beginning of a text. Whole numbers are multiplied exactly.
func durationPart(text string) (part time.Duration, rest string, ok bool) {
	number := strings.TrimLeft(text, "0123456789.")
	digits := text[:len(text)-len(number)]
	rest = strings.TrimLeft(number, "ywdhmsuµn")
	unit, known := durationUnits[number[:len(number)-len(rest)]]
	if !known {
		return 0, "", false
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		if n > int64(math.MaxInt64/unit) {
			return 0, "", false
		}
		return time.Duration(n) * unit, rest, true
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || x*float64(unit) >= math.MaxInt64 {
		return 0, "", false
	}
	return time.Duration(math.Round(x * float64(unit))), rest, true
}
