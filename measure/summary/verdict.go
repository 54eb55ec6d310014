package summary

import (
	"fmt"
	"strings"

	"jerem/calendar"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// stateSaid are the verdicts of a forecast in words.
var stateSaid = map[string]string{outlook.StateOnTrack: "on track", outlook.StateAtRisk: "at risk",
	outlook.StateUnlikely: "unlikely"}

// Verdict says what a forecast of unfinished work tells: how likely its deadline is, the dates at even odds and at 85
// %, and what moved the latter. Of work that is done it says so.
func Verdict(f *outlook.Forecast, c calendar.Calendar) string {
	switch {
	case f.State == outlook.StateDone:
		return "nothing is left"
	case f.Why != "":
		return f.Why
	}
	var parts []string
	switch {
	case f.Deadline != nil && calendar.DateOf(f.At, c.Zone).String() > *f.Deadline:
		parts = append(parts, "not done by "+words.Date(*f.Deadline))
	case f.Odds != nil && f.Deadline != nil:
		parts = append(parts, stateSaid[f.State]+", "+words.Odds(*f.Odds)+" by "+words.Date(*f.Deadline))
	}
	parts = append(parts, datesSaid(f, c))
	if moved := movedSaid(f.Moved, c); moved != "" {
		parts = append(parts, moved)
	}
	return strings.Join(parts, "; ")
}

// verdictAfter is the verdict behind what else a sentence says.
func verdictAfter(f *outlook.Forecast, c calendar.Calendar) string { return "; " + Verdict(f, c) }

// datesSaid says the dates at even odds and at 85 %, and by how many working days the first that misses the deadline is
// late.
func datesSaid(f *outlook.Forecast, c calendar.Calendar) string {
	if f.Dates.P50 == nil {
		return "no date can be told, not even at even odds: it lies too far ahead"
	}
	text := words.Date(*f.Dates.P50) + " at even odds"
	late := daysLate(f.Deadline, f.Dates.P50, c)
	if late > 0 {
		text = fmt.Sprintf("late by %s at even odds (%s)", words.Count(late, "working day"), words.Date(*f.Dates.P50))
	}
	if f.Dates.P85 == nil {
		return text + ", no 85 % date can be told: it lies too far ahead"
	}
	text += ", " + words.Date(*f.Dates.P85) + " at 85 %"
	if at85 := daysLate(f.Deadline, f.Dates.P85, c); late == 0 && at85 > 0 {
		text += fmt.Sprintf(" (late by %s)", words.Count(at85, "working day"))
	}
	return text
}

// daysLate counts the working days from a deadline to a date after it; 0 for none.
func daysLate(deadline, date *string, c calendar.Calendar) int {
	if deadline == nil || date == nil {
		return 0
	}
	due, errDue := calendar.ParseMoment(*deadline)
	told, errTold := calendar.ParseMoment(*date)
	if errDue != nil || errTold != nil || !due.Date().Before(told.Date()) {
		return 0
	}
	return c.Dates(due.Date().Add(1), told.Date())
}

// movedSaid says by how much the 85 % date moved and what did it; "" where that is not told.
func movedSaid(m *outlook.Moved, c calendar.Calendar) string {
	if m == nil || m.Days == nil {
		return ""
	}
	since := momentSaid(m.Since, c)
	days := *m.Days
	if days == 0 {
		return "the 85 % date has not moved since " + since
	}
	direction := "later"
	if days < 0 {
		direction = "earlier"
	}
	return fmt.Sprintf("the 85 %% date is %s %s than on %s (%s)", words.Count(max(days, -days), "working day"),
		direction, since, partsOfMove(m))
}

// partsOfMove lists the parts of a move, those of 0 left out; they add up to the whole.
func partsOfMove(m *outlook.Moved) string {
	var parts []string
	for _, one := range []struct {
		part string
		days int
	}{{"work done and days gone by", m.Worked}, {"scope", m.Scope}, {"impediments", m.Impediments}, {"pace",
		m.Pace}, {"calendar", m.Calendar}} {
		if one.days != 0 {
			parts = append(parts, one.part+" "+strings.Replace(fmt.Sprintf("%+d", one.days), "-", "−", 1))
		}
	}
	return strings.Join(parts, ", ")
}
