package sprint

import (
	"fmt"
	"html/template"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/issuehistory"
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
	var hours []string
	for _, line := range m.Days {
		hours = append(hours, line.Hours)
	}
	m.DaysNote = format.RoundingNote("hours", format.LoggedHours(sp.Impediments, sp.Impediments.Seconds), hours...)
	m.DaysReading, m.FoldsDays = readingOfDays(m, list, sp.Complete != nil), foldsDays(len(list))
}

// foldsDays says on which screens the first days of so many are folded: a table as long as the chart beside it is high
// stands there whole, but on a phone, where a day takes some lines.
func foldsDays(count int) string {
	switch {
	case count > 16:
		return "always"
	case count > 7:
		return "narrow"
	}
	return ""
}

// readingOfDays says on which day of a sprint, which may be over, most was completed; of one without amounts why none
// is told.
func readingOfDays(m *page, list []days.Day, over bool) template.HTML {
	if m.WhyNoAmounts != "" {
		return template.HTML(template.HTMLEscapeString("No day has an amount to tell: " + m.WhyNoAmounts))
	}
	var best *days.Day
	for i := range list {
		if list[i].Completed > 0 && (best == nil || list[i].Completed > best.Completed) {
			best = &list[i]
		}
	}
	if best == nil && over {
		return "Nothing was completed"
	}
	if best == nil {
		return "Nothing was completed yet"
	}
	amount := m.W.Count(best.Completed)
	return frame.OpenFigures(fmt.Sprintf("Most was completed on %s: %s", format.DateWord(best.Date), amount),
		[2]string{amount, "remaining"})
}

// eventLine is an entry of the ledger: ID is that of its row, which the marks of the burndown link to.
type eventLine struct{ ID, Time, Key, Address, Title, What, Delta, Remaining string }

// fillEvents lists what happened in the sprint, each event with its issue and from what to what it went: the entries of
// the ledger, and without an amount what moves none.
func (m *page) fillEvents(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	m.happened = measure.Events(team, sp)
	for n, e := range m.happened {
		m.Events = append(m.Events, eventLine{fmt.Sprintf("ev-%d", n+1), m.W.Short(e.Time), e.Issue,
			frame.IssueAddress(base, e.Issue, keep), issuehistory.SummaryOf(team, e.Issue, at),
			eventWords(m.W, e, changesTold(team, e, at)),
			amountOfEvent(e, m.W.SignedColumn),
			m.W.Column(e.Remaining)})
	}
	m.EarlierEvents = max(0, len(m.Events)-mostEvents)
	if m.EarlierEvents <= mostEvents/2 {
		m.EarlierEvents = 0
	}
	m.EventsReading = readingOfEvents(m)
}

// readingOfEvents says how many events there are, and what the last one left.
func readingOfEvents(m *page) template.HTML {
	n := len(m.happened)
	if n == 0 {
		return ""
	}
	events := format.Plural(n, "event")
	if m.WhyNoAmounts != "" {
		return frame.OpenFigures(events+" of the sprint", [2]string{events, "remaining"})
	}
	left := m.W.Count(m.happened[n-1].Remaining)
	return frame.OpenFigures(events+"; the last one left "+left, [2]string{events, "remaining"},
		[2]string{left, "remaining"})
}

// mostEvents is how many events a screen shows of many: the last ones, and the others when they are asked for.
const mostEvents = 5

// amountOfEvent writes what an event moves, nothing of an issue without an estimate.
func amountOfEvent(e measure.Entry, write func(float64) string) string {
	if e.NoAmount {
		return ""
	}
	return write(e.Delta)
}

// changesTold returns the fields of the issue of an entry that tells from what to what one of them went; nil of another
// entry.
func changesTold(team *measure.Team, e measure.Entry, at time.Time) *issuehistory.History {
	switch e.Kind {
	case measure.Complete, measure.Reopen, measure.Reestimate:
		h, _ := issuehistory.FieldsOf(team, e.Issue, at)
		return h
	}
	return nil
}

// eventWords says what an entry is, and from what to what: a status or an estimate.
func eventWords(w format.Words, e measure.Entry, h *issuehistory.History) string {
	word := format.KindWords[e.Kind]
	if h == nil {
		return word
	}
	switch e.Kind {
	case measure.Complete, measure.Reopen:
		if from, to, changed := changeAt(h.Status, e.Time); changed {
			return word + ", " + from + " → " + to
		}
	case measure.Reestimate:
		if from, to, changed := changeAt(h.Estimate, e.Time); changed {
			return word + ", " + w.AmountOrNone(from) + " → " + w.AmountOrNone(to)
		}
	}
	return word
}

// changeAt returns what a field was until a moment and from it on; false where it did not change then.
func changeAt[T any](list []issuehistory.Held[T], at time.Time) (from, to T, changed bool) {
	for n := 1; n < len(list); n++ {
		if list[n].From.Equal(at) {
			if !changed {
				from = list[n-1].Value
			}
			to, changed = list[n].Value, true
		}
	}
	return from, to, changed
}
