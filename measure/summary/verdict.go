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

// Hand is how a verdict is written: by the one of a terminal, or by that of a page, whose figures open.
type Hand struct {
	Date func(date string) string
	Odds func(odds float64) string
	// Open makes a text lead to the figure that it tells: odds, date-50, date-85, moved.
	Open func(figure, text string) string
}

// plainHand writes for a terminal.
var plainHand = Hand{Date: words.Date, Odds: words.Odds, Open: func(_, text string) string { return text }}

// Verdict says what a forecast of unfinished work tells: how likely its deadline is, the dates at 85 % and at even
// odds, and what moved the former. Of work that is done it says so.
func Verdict(f *outlook.Forecast, c calendar.Calendar) string {
	first, rest := plainHand.Verdict(f, c)
	if rest == "" {
		return first
	}
	return first + "; " + rest
}

// Verdict is [Verdict] in this hand, in two: the odds and the 85 % date, for who reads one line; then the date at
// even odds and what moved the former, "" where neither is told.
func (h Hand) Verdict(f *outlook.Forecast, c calendar.Calendar) (first, rest string) {
	switch {
	case f.State == outlook.StateDone:
		return "nothing is left", ""
	case f.Why != "" && !strings.HasPrefix(f.Why, "cannot tell"):
		return "cannot tell when it is done: " + f.Why, ""
	case f.Why != "":
		return f.Why, ""
	}
	return h.oddsSaid(f, c) + h.dateSaid(f, c), h.restSaid(f, c)
}

// oddsSaid says the state and the odds of the deadline, ahead of a date; that it is over, or "" where there is none.
func (h Hand) oddsSaid(f *outlook.Forecast, c calendar.Calendar) string {
	switch {
	case IsOverdue(f, c):
		return "not done by " + h.Date(*f.Deadline) + "; "
	case !tellsOdds(f, c):
		return ""
	}
	text := stateSaid[f.State] + ": " + h.Open("odds", h.Odds(*f.Odds)) + " odds by " + h.Date(*f.Deadline)
	if f.Dates.P85 == nil {
		return text + "; "
	}
	return text + ", "
}

// tellsOdds tells whether the odds of a deadline are said that is still ahead.
func tellsOdds(f *outlook.Forecast, c calendar.Calendar) bool {
	return f.Odds != nil && f.Deadline != nil && !IsOverdue(f, c)
}

// IsOverdue tells whether unfinished work was due on a day that is over.
func IsOverdue(f *outlook.Forecast, c calendar.Calendar) bool {
	return f.Deadline != nil && calendar.DateOf(f.At, c.Zone).String() > *f.Deadline
}

// verdictAfter is the verdict behind what else a sentence says.
func verdictAfter(f *outlook.Forecast, c calendar.Calendar) string { return "; " + Verdict(f, c) }

// dateSaid says the date at 85 %, the one at even odds where that lies too far ahead, or that neither can be told.
func (h Hand) dateSaid(f *outlook.Forecast, c calendar.Calendar) string {
	switch {
	case f.Dates.P50 == nil:
		return "no date can be told, not even at even odds: it lies too far ahead"
	case f.Dates.P85 == nil:
		return h.halfSaid(f, c) + ", no 85 % date can be told: it lies too far ahead"
	}
	text := "85 % odds by "
	if tellsOdds(f, c) { // said of the deadline just before
		text = "85 % by "
	}
	text += h.Open("date-85", h.Date(*f.Dates.P85))
	if late := daysLate(f.Deadline, f.Dates.P85, c); late > 0 && daysLate(f.Deadline, f.Dates.P50, c) == 0 {
		text += fmt.Sprintf(" (late by %s)", h.Open("date-85", words.Count(late, "working day")))
	}
	return text
}

// halfSaid says the date at even odds, and by how many working days it misses the deadline.
func (h Hand) halfSaid(f *outlook.Forecast, c calendar.Calendar) string {
	half := h.Open("date-50", h.Date(*f.Dates.P50))
	if late := daysLate(f.Deadline, f.Dates.P50, c); late > 0 {
		return fmt.Sprintf("late by %s at even odds (%s)", h.Open("date-50", words.Count(late, "working day")), half)
	}
	return half + " at even odds"
}

// restSaid says behind the date at 85 % the one at even odds and what moved the former; "" where neither is told.
func (h Hand) restSaid(f *outlook.Forecast, c calendar.Calendar) string {
	var parts []string
	if f.Dates.P50 != nil && f.Dates.P85 != nil {
		parts = append(parts, h.halfSaid(f, c))
	}
	if moved := h.movedSaid(f.Moved, c); moved != "" {
		parts = append(parts, "the 85 % date "+moved)
	}
	return strings.Join(parts, "; ")
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

// movedSaid says of the 85 % date by how much it moved and what did it; "" where that is not told.
func (h Hand) movedSaid(m *outlook.Moved, c calendar.Calendar) string {
	if m == nil || m.Days == nil {
		return ""
	}
	since := h.Date(calendar.DateOf(m.Since, c.Zone).String())
	days := *m.Days
	if days == 0 {
		return "has not moved since " + since
	}
	direction := "later"
	if days < 0 {
		direction = "earlier"
	}
	return fmt.Sprintf("is %s %s than on %s (%s)", h.Open("moved", words.Count(max(days, -days), "working day")),
		direction, since, h.partsOfMove(m))
}

// partsOfMove lists the parts of a move, those of 0 left out; they add up to the whole.
func (h Hand) partsOfMove(m *outlook.Moved) string {
	var parts []string
	for _, one := range []struct {
		part string
		days int
	}{{"work done and days gone by", m.Worked}, {"scope", m.Scope}, {"impediments", m.Impediments}, {"pace",
		m.Pace}, {"calendar", m.Calendar}} {
		if one.days != 0 {
			days := strings.Replace(fmt.Sprintf("%+d", one.days), "-", "−", 1)
			parts = append(parts, one.part+" "+h.Open("moved", days))
		}
	}
	return strings.Join(parts, ", ")
}
