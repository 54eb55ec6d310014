package format

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/words"
)

// Words writes figures as people read them: the unit beside the figure, the true minus sign, times in
// the team's zone.
type Words struct {
	Unit agile.Unit
	Zone *time.Location
}

// Thin is the space between a figure and its unit: narrow, and never broken.
const Thin = words.Thin

// Figure writes a number with at most one decimal.
func Figure(x float64) string { return words.Figure(x) }

// Rate writes what a day brings of the unit: with one decimal, and never 0 for a small pace.
func (w Words) Rate(x float64) string { return words.Rate(w.Scale(x)) }

// Amount writes an estimate in the unit that people read: points, hours, issues.
func (w Words) Amount(x float64) string { return words.Estimate(x, w.Unit) }

// AmountOrNone writes an estimate, "none" for an issue without one.
func (w Words) AmountOrNone(x *float64) string {
	if x == nil {
		return "none"
	}
	return w.Amount(*x)
}

// Signed writes an estimate with its sign.
func (w Words) Signed(x float64) string { return words.Signed(x, w.Unit) }

// Column writes an estimate for a column of a table: hours with one decimal each, so that they stand below each other;
// points as they were estimated, issues whole.
func (w Words) Column(x float64) string {
	if w.Unit == agile.Seconds {
		return words.Fixed(w.Scale(x), 1)
	}
	return w.Amount(x)
}

// SignedColumn writes an estimate with its sign for a column of a table.
func (w Words) SignedColumn(x float64) string {
	if x > 0 {
		return "+" + w.Column(x)
	}
	return w.Column(x)
}

// UnitName names the unit of estimates, as Amount writes them.
func (w Words) UnitName() string { return words.UnitName(w.Unit) }

// Count writes an estimate with its unit: "1 point", "3 points".
func (w Words) Count(x float64) string { return w.Amount(x) + " " + w.UnitFor(x) }

// UnitFor names the unit of an amount.
func (w Words) UnitFor(x float64) string {
	return words.UnitBehind(w.Amount(x), w.Unit)
}

// Remain is the verb of an amount.
func (w Words) Remain(x float64) string {
	return words.Agree(w.Amount(x), "remains", "remain")
}

// Are is the verb of what an amount is: "1 point is", "2 points are".
func (w Words) Are(x float64) string {
	return words.Agree(w.Amount(x), "is", "are")
}

// Were is the verb of what an amount was.
func (w Words) Were(x float64) string {
	return words.Agree(w.Amount(x), "was", "were")
}

// Scale turns an estimate into the unit that people read.
func (w Words) Scale(x float64) float64 { return words.Scale(x, w.Unit) }

// Hours writes seconds as hours.
func Hours(seconds int64) string { return words.Hours(seconds) }

// HoursInWords writes seconds as hours with their unit: "1 hour", "24.5 hours".
func HoursInWords(seconds int64) string { return Hours(seconds) + " " + HourWord(seconds) }

// HourWord is the unit of seconds that are written as hours: "hour" where they read as 1.
func HourWord(seconds int64) string {
	return words.Agree(Hours(seconds), "hour", "hours")
}

// HoursColumn writes seconds as hours for a column of a table: with one decimal each.
func HoursColumn(seconds int64) string { return words.Fixed(float64(seconds)/time.Hour.Seconds(), 1) }

// Duration writes time exactly, as it stands beside the sum that it is a part of: "12 h 5 min".
func Duration(seconds int64) string { return words.Duration(float64(seconds)) }

// Percent writes a share, a dash where there is none.
func Percent(x *float64) string { return words.Percent(x) }

// Day writes a date: "Mon 23 Nov".
func (w Words) Day(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan") }

// DayYear writes a date with its year.
func (w Words) DayYear(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan 2006") }

// Dates writes the dates from one moment to another, with their year.
func (w Words) Dates(from, to time.Time) string {
	return DateSpan(calendar.DateOf(from, w.Zone), calendar.DateOf(to, w.Zone))
}

// DatesBeside writes the dates from one moment to another beside a third one: without the year where all have the same.
func (w Words) DatesBeside(from, to, other time.Time) string {
	text, year := w.Dates(from, to), other.In(w.Zone).Year()
	if from.In(w.Zone).Year() != year {
		return text
	}
	return strings.TrimSuffix(text, fmt.Sprintf(" %d", year))
}

// Moment writes a date and a time of day.
func (w Words) Moment(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan 2006, 15:04") }

// Short writes a moment of a year that is evident.
func (w Words) Short(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan, 15:04") }

// Agree picks the word that agrees with a number as it is written: "1 was", "2 were".
func Agree(number, one, many string) string { return words.Agree(number, one, many) }

// Plural writes "1 issue", "2 issues".
func Plural(n int, thing string) string { return words.Count(n, thing) }

// The writes "the issue", "the 2 issues".
func The(n int, thing string) string {
	if n == 1 {
		return "the " + thing
	}
	return "the " + Plural(n, thing)
}
