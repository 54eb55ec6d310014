package sprint

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/sprint/callouts"
	"jerem/web/sprint/days"
)

// unexpectedReading says how many impediments came and how long they took in the days that span names.
func unexpectedReading(i *measure.Impediments, span string) template.HTML {
	count, hours := format.Plural(i.Count, "impediment"), format.HoursInWords(i.Seconds)
	said := count + " took " + hours
	switch {
	case i.TimeUnknown:
		said = count + ", time logged was not read"
	case i.Count == 0:
		said = "No impediment in " + span
	case i.Seconds == 0 && i.WithoutTime == i.Count:
		said = count + ", no time logged"
	}
	return frame.OpenFigures(said, [2]string{count, "impediments"}, [2]string{hours, "impediments"})
}

// fillImpediments fills in the impediments: hours a day, natures, and each of them.
func (m *page) fillImpediments(team *measure.Team, sp *measure.Sprint, ax days.Axis, at time.Time, base, keep string) {
	i := sp.Impediments
	m.Unexpected = unexpectedReading(i, m.Span)
	for _, t := range i.Issues {
		natures := ""
		for n, name := range t.Natures {
			if n > 0 {
				natures += ", "
			}
			natures += name
		}
		line := impedimentLine{t.Key, frame.IssueAddress(base, t.Key, keep), t.Summary, natures, "no time logged",
			format.StateWords[t.State]}
		if i.TimeUnknown {
			line.Hours = "–"
		} else if t.Seconds > 0 {
			line.Hours = format.HoursColumn(t.Seconds)
		}
		m.ImpedimentLines = append(m.ImpedimentLines, line)
	}
	most, mostCount := int64(1), 1
	for _, n := range i.ByNature {
		most, mostCount = max(most, n.Seconds), max(mostCount, n.Count)
	}
	for _, n := range i.ByNature {
		time := frame.HTML(inline.Meter(float64(n.Seconds)/float64(most), nil, "f-unx"))
		if i.TimeUnknown {
			time = ""
		}
		m.Natures = append(m.Natures, natureLine{n.Nature, format.LoggedHours(i, n.Seconds), fmt.Sprint(n.Count), time,
			frame.HTML(inline.Meter(float64(n.Count)/float64(mostCount), nil, "f-unx"))})
	}
	m.NatureSum = sumOfNatures(i)
	tellRounding(m, i)
	if i.Seconds == 0 {
		return
	}
	m.Daily = dailyBars(m, team, sp, ax, at)
	if ax.BudgetPart(i.BudgetSeconds) > 0 {
		m.Explains = append(m.Explains, addressedIn(sp, team, drawer.Of(budgetLeft, onpage.BudgetLeft(sp), "")))
	}
}

// tellRounding says of natures and impediments where their hours do not add up as they are shown.
func tellRounding(m *page, i *measure.Impediments) {
	sum := format.LoggedHours(i, i.Seconds)
	var natures, issues []string
	for _, n := range m.Natures {
		natures = append(natures, n.Hours)
	}
	for _, line := range m.ImpedimentLines {
		issues = append(issues, line.Hours)
	}
	m.ImpedimentNote = format.RoundingNote("hours", sum, issues...)
	if m.NatureSum != nil {
		told := []string{m.NatureSum.Note, format.RoundingNote("hours", sum, natures...)}
		m.NatureSum.Note = strings.TrimSpace(strings.Join(told, " "))
	}
}

// natureSum is the row below the natures of impediments, and what it does not say.
type natureSum struct{ Hours, Count, Note string }

// sumOfNatures adds up the natures; nil for a single one, which is the sum itself. Time is split between the natures of
// an issue, which counts once in each.
func sumOfNatures(i *measure.Impediments) *natureSum {
	if len(i.ByNature) < 2 {
		return nil
	}
	sum := &natureSum{Hours: format.LoggedHours(i, i.Seconds), Count: fmt.Sprint(i.Count)}
	counted := 0
	for _, n := range i.ByNature {
		counted += n.Count
	}
	if counted > i.Count {
		sum.Note = "An impediment of several natures counts once in each, and once in all."
	}
	if i.WithoutTime > 0 && !i.TimeUnknown {
		sum.Note += fmt.Sprintf(" %s %s no time logged: counted, with no time.", format.Plural(i.WithoutTime,
			"impediment"), format.Agree(fmt.Sprint(i.WithoutTime), "has", "have"))
	}
	return sum
}

// budgetReading says on which days impediments took more than a working day's part of the budget, and what is left of
// it.
func budgetReading(i *measure.Impediments, over []string) template.HTML {
	named, days := "On no day over its part of the budget", ""
	switch n := len(over); {
	case n > mostDaysNamed:
		days = format.Plural(n, "day")
		named = days + " over their part of the budget"
	case n > 0:
		named = "Over the budget on " + strings.Join(over, ", ")
	}
	left := *i.BudgetSeconds - i.Seconds
	rest, after := format.Hours(left)+" of "+format.HoursInWords(*i.BudgetSeconds),
		format.Agree(format.Hours(*i.BudgetSeconds), " is", " are")+" left"
	if left < 0 {
		rest, after = format.HoursInWords(-left)+" more than its "+format.Hours(*i.BudgetSeconds),
			format.Agree(format.Hours(-left), " was", " were")+" taken"
	}
	return frame.OpenFigures(named+"; "+rest+after, [2]string{days, "impediments"}, [2]string{rest, budgetLeft})
}

// budgetLeft is the id of what opens the rest of the budget.
const budgetLeft = "budget-left"

// mostDaysNamed is how many days over the budget a reading names.
const mostDaysNamed = 3

func dailyBars(m *page, team *measure.Team, sp *measure.Sprint, ax days.Axis, at time.Time) *frame.Figure {
	i := sp.Impediments
	bars := chart.Bars{ID: "t-imp", Days: ax.ChartDays(), Title: "Hours of impediments a day:",
		Opens: "#explain-impediments"}
	var high measure.Day
	var over, shown []string // days, hours
	for _, d := range i.Daily {
		date, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue
		}
		shown = append(shown, format.HoursColumn(d.Seconds))
		day := calendar.Date{Year: date.Year(), Month: date.Month(), Day: date.Day()}
		if place := ax.DayIndex(day); place < 0 || place >= len(ax.Dates) {
			continue
		}
		open := sp.State == agile.Active && day == calendar.DateOf(at, ax.Cal.Zone) && !measure.HasEnded(team, day, at)
		bars.Bars = append(bars.Bars, chart.Bar{Day: ax.DayIndex(day), Value: math.Round(float64(d.Seconds)/360) / 10,
			Open: open})
		bars.Title += " " + date.Format("Mon 2 Jan") + " " + format.Hours(d.Seconds) + ","
		if d.Seconds > high.Seconds {
			high = d
		}
		if part := ax.BudgetPart(i.BudgetSeconds); part > 0 && ax.Cal.Working(day) && float64(d.Seconds) > part {
			over = append(over, date.Format("Mon 2 Jan"))
		}
	}
	bars.Title = bars.Title[:len(bars.Title)-1] + "."
	if part := ax.BudgetPart(i.BudgetSeconds); part > 0 {
		bars.Level = part / time.Hour.Seconds()
		bars.LevelName = "budget " + format.Figure(bars.Level) + format.Thin + "h"
	}
	day, _ := time.Parse(time.DateOnly, high.Date)
	reading := fmt.Sprintf("%s in all, most on %s", format.HoursInWords(i.Seconds), day.Format("Mon 2 Jan"))
	note := "Time belongs to the day on which it was worked."
	if slices.ContainsFunc(bars.Bars, func(bar chart.Bar) bool { return bar.Open && bar.Value > 0 }) {
		note += " Hatched: the day is not over."
	}
	if m.lately != nil { // a sprint has a table of its days, which says so
		note = strings.TrimSpace(note + " " + format.RoundingNote("hours", format.HoursColumn(i.Seconds), shown...))
	}
	opened := frame.OpenFigures(reading, [2]string{format.Hours(i.Seconds), "impediments"})
	if bars.Level > 0 {
		opened = budgetReading(i, over)
	}
	return &frame.Figure{Reading: reading, Opened: opened, SVG: frame.HTML(bars.SVG()), Note: note}
}

// fillOnCall fills in the call-outs of a sprint; nothing where nobody is on call for the team.
func (m *page) fillOnCall(s *Pages, team *measure.Team, sp *measure.Sprint) {
	if sp.OnCall == nil {
		return
	}
	m.OnCall = callouts.Of(team, sp, m.Span)
	m.Explains = append(m.Explains, drawer.OnCall(team, sp, s.Teams.Jira)...)
}
