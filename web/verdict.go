package web

import (
	"fmt"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// verdict is a state of the forecast: a word with its shape. Only a forecast says one.
type verdict struct{ Class, Sign, Word string }

// verdicts are the words of the forecast's states.
var verdicts = map[string]verdict{
	measure.StateDone:     {"good", "complete", "done"},
	measure.StateOnTrack:  {"good", "complete", "on track"},
	measure.StateAtRisk:   {"warn", "warn", "at risk"},
	measure.StateUnlikely: {"bad", "bad", "unlikely"},
	measure.StateUnknown:  {"", "limited", "cannot tell"},
}

// oddsWord writes odds; they stop at "over 95 %".
func oddsWord(odds *float64) string {
	switch {
	case odds == nil:
		return "–"
	case *odds >= .95:
		return "over 95" + thin + "%"
	case *odds < .01:
		return "under 1" + thin + "%"
	}
	return percent(odds)
}

// likelyDate writes a date that the forecast tells, with its year where it is not that of the moment; a dash for none.
func likelyDate(text *string, at time.Time) string {
	d, ok := dateOf(text)
	switch {
	case !ok:
		return "–"
	case d.Year != at.Year():
		return dateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return dateWord(d)
}

// dateOf reads a date of the API.
func dateOf(text *string) (calendar.Date, bool) {
	if text == nil {
		return calendar.Date{}, false
	}
	t, err := time.Parse(time.DateOnly, *text)
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, err == nil
}

// workingDays writes a number of working days.
func workingDays(n int) string { return strings.Replace(plural(n, "working day"), "-", "−", 1) }

// movedWord writes by how many working days a date moved.
func movedWord(n int, than string) string {
	switch {
	case n > 0:
		return workingDays(n) + " later than " + than
	case n < 0:
		return workingDays(-n) + " earlier than " + than
	}
	return "the same as " + than
}
