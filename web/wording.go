package web

import (
	"fmt"
	"jerem/calendar"
	"jerem/measure"
	"strconv"
	"strings"
	"time"
)

func gradeWord(g measure.Grade) string {
	return map[measure.Grade]string{measure.Whole: "Complete", measure.Partial: "Partial", measure.Limited: "Limited"}[g]
}

// reasons writes why a grade is what it is, to stand behind its word.
func reasons(q measure.Quality) string {
	if len(q.Reasons) == 0 {
		return ""
	}
	return ": " + reasonList(q)
}

// reasonList writes why a grade is what it is.
func reasonList(q measure.Quality) string { return strings.Join(q.Reasons, ", ") }

var stateWords = map[measure.State]string{measure.Done: "done", measure.Doing: "doing", measure.ToDo: "to do"}

var kindWords = map[measure.Kind]string{
	measure.Commit: "committed", measure.Add: "added", measure.Remove: "removed", measure.Reestimate: "re-estimated", measure.Complete: "completed", measure.Reopen: "reopened",
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// capital begins a text with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// days writes a number of days that may be unknown.
func days(n *int) string {
	if n == nil {
		return "–"
	}
	return strings.Replace(fmt.Sprint(*n), "-", "−", 1)
}

// signedDays writes slack: with its sign, a dash where it is unknown.
func signedDays(n *int) string {
	if n != nil && *n > 0 {
		return "+" + days(n)
	}
	return days(n)
}

// figure2 writes a number with four digits.
func figure2(x float64) string { return strings.Replace(fmt.Sprintf("%.4g", x), "-", "−", 1) }

func dateWord(d calendar.Date) string { return d.In(time.UTC, 0).Format("Mon 2 Jan") }

// cell writes what may be unknown: then it is empty.
func cell[T any](x *T) string {
	if x == nil {
		return ""
	}
	if f, ok := any(*x).(float64); ok {
		return number(f)
	}
	return fmt.Sprint(*x)
}

// number writes a figure for other programs: never with an exponent, which spreadsheets take for text.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// loggedHours writes a time of impediments; a dash where time logged was not read.
func loggedHours(i *measure.Impediments, seconds int64) string {
	if i.TimeUnknown {
		return "–"
	}
	return hours(seconds)
}

// loggedCell writes the seconds of impediments; nothing where time logged was not read.
func loggedCell(i *measure.Impediments) string {
	if i.TimeUnknown {
		return ""
	}
	return fmt.Sprint(i.Seconds)
}

func issueWord(n int) string {
	if n == 1 {
		return "issue"
	}
	return "issues"
}

func wordsOf(team *measure.Team) words {
	return words{team.Unit(), team.History().Team.Calendar.Zone}
}
