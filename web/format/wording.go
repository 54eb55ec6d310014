package format

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/words"
)

// GradeWord is a grade as a line of the foot begins with it.
func GradeWord(g grade.Grade) string {
	return map[grade.Grade]string{grade.Whole: "Complete", grade.Partial: "Partial", grade.Limited: "Limited"}[g]
}

// GradeReasons writes why a grade is what it is, to stand behind its word.
func GradeReasons(q grade.Quality) string {
	if len(q.Reasons) == 0 {
		return ""
	}
	return ": " + ReasonList(q)
}

// ReasonList writes why a grade is what it is.
func ReasonList(q grade.Quality) string { return strings.Join(q.Reasons, ", ") }

// StateWords are the states of work in words.
var StateWords = map[measure.State]string{measure.Done: "done", measure.Doing: "doing", measure.ToDo: "to do"}

// KindWords are the kinds of a ledger's entries in words.
var KindWords = map[measure.Kind]string{
	measure.Commit: "committed", measure.Add: "added", measure.Remove: "removed", measure.Reestimate: "re-estimated",
	measure.Complete: "completed", measure.Reopen: "reopened",
}

// OrElse returns a text, or another one where it is "".
func OrElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// Capital begins a text with a capital letter.
func Capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Days writes a number of days that may be unknown.
func Days(n *int) string {
	if n == nil {
		return "–"
	}
	return strings.Replace(fmt.Sprint(*n), "-", "−", 1)
}

// SignedDays writes slack: with its sign, a dash where it is unknown.
func SignedDays(n *int) string {
	if n != nil && *n > 0 {
		return "+" + Days(n)
	}
	return Days(n)
}

// DateWord writes a date: "Mon 23 Nov".
func DateWord(d calendar.Date) string { return d.In(time.UTC, 0).Format("Mon 2 Jan") }

// DateOrDash writes a date of the API, a dash where none is told.
func DateOrDash(text *string) string {
	if d, ok := DateOf(text); ok {
		return DateWord(d)
	}
	return "–"
}

// DateSpan writes the dates from one to another, with the year: that of the first too where it is not that of the last.
func DateSpan(from, to calendar.Date) string {
	first, last := DateWord(from), DateWord(to)+fmt.Sprintf(" %d", to.Year)
	switch {
	case from == to:
		return last
	case from.Year != to.Year:
		first += fmt.Sprintf(" %d", from.Year)
	}
	return first + " to " + last
}

// Cell writes what may be unknown: then it is empty.
func Cell[T any](x *T) string {
	if x == nil {
		return ""
	}
	if f, ok := any(*x).(float64); ok {
		return PlainNumber(f)
	}
	return fmt.Sprint(*x)
}

// PlainNumber writes a figure for other programs: never with an exponent, which spreadsheets take for text.
func PlainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// OrDash writes what may be unknown: then it is a dash.
func OrDash[T any](x *T, write func(T) string) string { return words.OrDash(x, write) }

// LoggedHours writes a time of impediments for a column of a table; a dash where time logged was not read.
func LoggedHours(i *measure.Impediments, seconds int64) string {
	if i.TimeUnknown {
		return "–"
	}
	return HoursColumn(seconds)
}

// LoggedCell writes the seconds of impediments; nothing where time logged was not read.
func LoggedCell(i *measure.Impediments) string {
	if i.TimeUnknown {
		return ""
	}
	return fmt.Sprint(i.Seconds)
}

// IssueWord is the word after a number of issues.
func IssueWord(n int) string {
	return Agree(strconv.Itoa(n), "issue", "issues")
}

// WordsOf returns how the amounts and moments of a team are written.
func WordsOf(team *measure.Team) Words {
	return Words{team.Unit(), team.History().Team.Calendar.Zone}
}

// UnitOf is a unit as it stands behind a value: "points", "point" behind 1. A unit may go on: "points a working day".
func UnitOf(value, unit string) string {
	if Agree(value, "1", "") == "" {
		return unit
	}
	for _, thing := range []string{"point", "issue", "hour", "day", "working day", "week", "epic", "sprint", "team",
		"row", "call-out", "night", "impediment", "value"} {
		if rest, found := strings.CutPrefix(unit, thing+"s"); found &&
			(rest == "" || strings.ContainsAny(rest[:1], " ,")) {
			return thing + rest
		}
	}
	return unit
}
