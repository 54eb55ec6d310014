package sprint

import (
	"fmt"
	"html/template"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/words"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/sprint/days"
)

// dayLine is a row of the day-by-day table. Its figures open on the page as of the end of the day at Address, "" for
// the page itself.
type dayLine struct {
	Address, Name, Scope, Completed, Reopened, Remaining, Ideal, Hours string
	Open, Off                                                          bool
}

// fillDays writes the day-by-day table.
func (m *page) fillDays(team *measure.Team, sp *measure.Sprint, ax days.Axis, at time.Time, base string) {
	w := m.W
	last := calendar.DateOf(days.EndOf(sp, at), ax.Cal.Zone)
	list := days.DayByDay(team, sp, ax, at)
	for _, d := range list {
		line := dayLine{Name: format.DateWord(d.Date), Scope: w.SignedColumn(d.Scope), Completed: w.Column(d.Completed),
			Reopened: w.Column(d.Reopened), Remaining: w.Column(d.Remaining), Ideal: "–", Hours: "–", Open: d.Open,
			Off: d.Off}
		if d.Date != last {
			line.Address = fmt.Sprintf("%s/sprints/%d?at=%s", base, sp.ID, d.Date)
		}
		if d.Ideal != nil {
			line.Ideal = words.Fixed(w.Scale(*d.Ideal), 1)
		}
		if d.Seconds != nil {
			line.Hours = format.HoursColumn(*d.Seconds)
		}
		m.Days = append(m.Days, line)
	}
	m.DaysReading = readingOfDays(m, list)
}

// readingOfDays says on which day most was completed.
func readingOfDays(m *page, list []days.Day) template.HTML {
	var best *days.Day
	for i := range list {
		if list[i].Completed > 0 && (best == nil || list[i].Completed > best.Completed) {
			best = &list[i]
		}
	}
	if best == nil {
		return "Nothing was completed yet"
	}
	amount := m.W.Count(best.Completed)
	return frame.OpenFigures(fmt.Sprintf("Most was completed on %s: %s", format.DateWord(best.Date), amount),
		[2]string{amount, "remaining"})
}
