package format

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// Verdict is a state of the forecast: a word with its shape. Only a forecast says one.
type Verdict struct{ Class, Sign, Word string }

// Verdicts are the words of the forecast's states.
var Verdicts = map[string]Verdict{
	outlook.StateDone:     {"good", "complete", "done"},
	outlook.StateOnTrack:  {"good", "complete", "on track"},
	outlook.StateAtRisk:   {"warn", "warn", "at risk"},
	outlook.StateUnlikely: {"bad", "bad", "unlikely"},
	outlook.StateUnknown:  {"", "limited", "cannot tell"},
}

// Outcome tells of a date that was told whether it held.
func Outcome(held bool) Verdict {
	if held {
		return Verdict{"good", "complete", "held"}
	}
	return Verdict{"bad", "bad", "missed"}
}

// OddsWord writes odds rounded down, a dash for none.
func OddsWord(odds *float64) string { return words.OddsOnPage(odds) }

// LikelyDate writes a date that the forecast tells, with its year where it is not that of the moment; a dash for none.
func LikelyDate(text *string, at time.Time) string {
	d, ok := DateOf(text)
	switch {
	case !ok:
		return "–"
	case d.Year != at.Year():
		return DateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return DateWord(d)
}

// DateOf reads a date of the API.
func DateOf(text *string) (calendar.Date, bool) {
	if text == nil {
		return calendar.Date{}, false
	}
	t, err := time.Parse(time.DateOnly, *text)
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, err == nil
}

// WorkingDays writes a number of working days.
func WorkingDays(n int) string { return strings.Replace(Plural(n, "working day"), "-", "−", 1) }

// SignedWorkingDays writes a number of working days with its sign.
func SignedWorkingDays(n int) string {
	switch {
	case n > 0:
		return "+" + WorkingDays(n)
	case n < 0:
		return "−" + WorkingDays(-n)
	}
	return WorkingDays(n)
}

// MovedWord writes by how many working days a date moved.
func MovedWord(n int, than string) string {
	switch {
	case n > 0:
		return WorkingDays(n) + " later than " + than
	case n < 0:
		return WorkingDays(-n) + " earlier than " + than
	}
	return "the same as " + than
}
