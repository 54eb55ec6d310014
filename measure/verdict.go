package measure

import (
	"fmt"
	"math"
	"strings"

	"jerem/calendar"
	"jerem/measure/forecast"
)

// stateSaid are the verdicts of a forecast in words.
var stateSaid = map[string]string{StateOnTrack: "on track", StateAtRisk: "at risk", StateUnlikely: "unlikely"}

// Verdict says what a forecast of unfinished work tells: how likely its deadline is, the dates at even odds and at 85 %,
// and what moved the latter. Of work that is done it says so.
func Verdict(f *Forecast, c calendar.Calendar) string {
	switch {
	case f.State == StateDone:
		return "nothing is left"
	case f.Why != "":
		return f.Why
	}
	var parts []string
	switch {
	case f.Deadline != nil && calendar.DateOf(f.At, c.Zone).String() > *f.Deadline:
		parts = append(parts, "not done by "+DateInWords(*f.Deadline))
	case f.Odds != nil && f.Deadline != nil:
		parts = append(parts, stateSaid[f.State]+", "+OddsInWords(*f.Odds)+" by "+DateInWords(*f.Deadline))
	}
	parts = append(parts, datesSaid(f, c))
	if moved := movedSaid(f.Moved, c); moved != "" {
		parts = append(parts, moved)
	}
	return strings.Join(parts, "; ")
}

// verdictAfter is the verdict behind what else a sentence says.
func verdictAfter(f *Forecast, c calendar.Calendar) string { return "; " + Verdict(f, c) }

// OddsInWords writes odds rounded down, so that what is at risk never reads as the odds of what is on track.
func OddsInWords(odds float64) string {
	whole := math.Floor(100*odds + 1e-9)
	switch {
	case odds >= forecast.OverAll:
		return fmt.Sprintf("over %.0f %%", 100*forecast.OverAll)
	case whole < 1:
		return "under 1 %"
	}
	return fmt.Sprintf("%.0f %%", whole)
}

// datesSaid says the dates at even odds and at 85 %, and by how many working days the first that misses the deadline is
// late.
func datesSaid(f *Forecast, c calendar.Calendar) string {
	if f.Dates.P50 == nil {
		return "no date can be told, not even at even odds: it lies too far ahead"
	}
	text := DateInWords(*f.Dates.P50) + " at even odds"
	late := daysLate(f.Deadline, f.Dates.P50, c)
	if late > 0 {
		text = fmt.Sprintf("late by %s at even odds (%s)", count(late, "working day"), DateInWords(*f.Dates.P50))
	}
	if f.Dates.P85 == nil {
		return text + ", no 85 % date can be told: it lies too far ahead"
	}
	text += ", " + DateInWords(*f.Dates.P85) + " at 85 %"
	if at85 := daysLate(f.Deadline, f.Dates.P85, c); late == 0 && at85 > 0 {
		text += fmt.Sprintf(" (late by %s)", count(at85, "working day"))
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
func movedSaid(m *Moved, c calendar.Calendar) string {
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
	return fmt.Sprintf("the 85 %% date is %s %s than on %s (%s)", count(max(days, -days), "working day"), direction, since, m.partsSaid())
}

// partsSaid lists the parts of a move, those of 0 left out; they add up to the whole.
func (m *Moved) partsSaid() string {
	var parts []string
	for _, one := range []struct {
		part string
		days int
	}{{"work done and days gone by", m.Worked}, {"scope", m.Scope}, {"impediments", m.Impediments}, {"pace", m.Pace}, {"calendar", m.Calendar}} {
		if one.days != 0 {
			parts = append(parts, one.part+" "+strings.Replace(fmt.Sprintf("%+d", one.days), "-", "−", 1))
		}
	}
	return strings.Join(parts, ", ")
}
