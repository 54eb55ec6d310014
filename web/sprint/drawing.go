package sprint

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

var markKinds = map[measure.Kind]chart.MarkKind{
	measure.Add: chart.Added, measure.Remove: chart.Removed, measure.Reestimate: chart.Reestimated,
	measure.Reopen: chart.Reopened,
}

func (m *page) drawBurndown(team *measure.Team, sp *measure.Sprint, ax axis, at time.Time,
	ideal float64, hasIdeal bool) {
	w, l, end := m.W, sp.Ledger, endOf(sp, at)
	if m.WhyNoAmounts != "" {
		m.Burndown = &frame.Figure{Reading: format.Capital(m.WhyNoAmounts),
			Empty: "A burndown begins with the first estimate."}
		return
	}
	b := chart.Burndown{ID: "t-burn", Days: ax.chartDays(), End: ax.position(end),
		First: w.Amount(l.Commitment) + " committed", Last: w.Amount(l.Remaining) + " " + w.Remain(l.Remaining)}
	b.Line = append(b.Line, chart.XY{X: ax.position(*sp.Start), Y: w.Scale(l.Commitment)})
	for _, e := range l.Entries {
		if e.Kind == measure.Commit {
			continue
		}
		b.Line = append(b.Line, chart.XY{X: ax.position(e.Time), Y: w.Scale(e.Remaining)})
		if kind, ok := markKinds[e.Kind]; ok {
			b.Marks = append(b.Marks, chart.Mark{X: ax.position(e.Time), Kind: kind, Delta: w.Signed(e.Delta),
				Word: format.KindWords[e.Kind], Label: e.Issue})
		}
	}
	b.Ideal = idealLine(sp, ax, w.Scale)
	if sp.State == agile.Active {
		now := ax.position(end)
		b.Now, b.NowName = &now, momentName(m, end)
	}
	reading := w.Count(l.Remaining) + " " + w.Remain(l.Remaining)
	if sp.State == agile.Closed {
		reading = w.Count(l.Remaining) + " remained at the close"
	}
	if hasIdeal {
		switch gap := format.Figure(w.Scale(l.Remaining - ideal)); {
		case gap == "0":
			reading += ", on the ideal line"
		case l.Remaining > ideal:
			reading += ", " + gap + " more than the ideal line"
		default:
			reading += ", " + strings.TrimPrefix(gap, "−") + " less than the ideal line"
		}
	}
	b.Title = fmt.Sprintf("Burndown of %s: %s %s committed on %s, %s remain on %s.", sp.Name, w.Amount(l.Commitment),
		m.Unit, w.Day(*sp.Start), w.Amount(l.Remaining), w.Short(end))
	m.Burndown = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{w.Amount(l.Remaining), "remaining"}), SVG: frame.HTML(b.SVG())}
	if ax.cut {
		m.Burndown.Note = fmt.Sprintf("This sprint is longer than %d days; these are %d of them. Are its dates right "+
			"in Jira?", LongestAxis, LongestAxis)
	}
}

// momentName is what a line at the moment shown is called: now, or its date where another moment was asked for.
func momentName(m *page, at time.Time) string {
	if m.Asked != "" {
		return m.W.Day(at)
	}
	return "now"
}

// fillImpediments fills in the impediments: hours a day, natures, and each of them.
func (m *page) fillImpediments(team *measure.Team, sp *measure.Sprint, ax axis, at time.Time, base, keep string) {
	i := sp.Impediments
	m.Unexpected = fmt.Sprintf("%s took %s hours", format.Plural(i.Count, "impediment"), format.Hours(i.Seconds))
	if i.Seconds == 0 && i.WithoutTime == i.Count {
		m.Unexpected = format.Plural(i.Count, "impediment") + ", no time logged"
	}
	if i.TimeUnknown {
		m.Unexpected = format.Plural(i.Count, "impediment") + ", time logged was not read"
	} else if i.Count == 0 {
		m.Unexpected = "No impediment in " + m.Span
	}
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
			line.Hours = format.Hours(t.Seconds)
		}
		m.ImpedimentLines = append(m.ImpedimentLines, line)
	}
	most, mostCount := int64(1), 1
	for _, n := range i.ByNature {
		most, mostCount = max(most, n.Seconds), max(mostCount, n.Count)
	}
	for _, n := range i.ByNature {
		time := frame.HTML(chart.Meter(n.Nature+", time", float64(n.Seconds)/float64(most), nil, "f-unx"))
		if i.TimeUnknown {
			time = ""
		}
		m.Natures = append(m.Natures, natureLine{n.Nature, format.LoggedHours(i, n.Seconds), fmt.Sprint(n.Count), time,
			frame.HTML(chart.Meter(n.Nature+", count", float64(n.Count)/float64(mostCount), nil, "f-unx"))})
	}
	if i.Seconds == 0 {
		return
	}
	m.Daily = dailyBars(m, sp, ax, at)
}

func dailyBars(m *page, sp *measure.Sprint, ax axis, at time.Time) *frame.Figure {
	i := sp.Impediments
	bars := chart.Bars{ID: "t-imp", Days: ax.chartDays(), Title: "Hours of impediments a day:"}
	var high measure.Day
	for _, d := range i.Daily {
		date, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue
		}
		day := calendar.Date{Year: date.Year(), Month: date.Month(), Day: date.Day()}
		if place := ax.dayIndex(day); place < 0 || place >= len(ax.dates) {
			continue
		}
		open := sp.State == agile.Active && day == calendar.DateOf(at, ax.cal.Zone)
		bars.Bars = append(bars.Bars, chart.Bar{Day: ax.dayIndex(day), Value: math.Round(float64(d.Seconds)/360) / 10,
			Open: open})
		bars.Title += " " + date.Format("Mon 2 Jan") + " " + format.Hours(d.Seconds) + ","
		if d.Seconds > high.Seconds {
			high = d
		}
	}
	bars.Title = bars.Title[:len(bars.Title)-1] + "."
	working := slices.DeleteFunc(slices.Clone(ax.dates), func(d calendar.Date) bool { return !ax.cal.Working(d) })
	if i.BudgetSeconds != nil && len(working) > 0 {
		bars.Level = float64(*i.BudgetSeconds) / 3600 / float64(len(working))
		bars.LevelName = "budget " + format.Figure(bars.Level) + format.Thin + "h"
	}
	day, _ := time.Parse(time.DateOnly, high.Date)
	reading := fmt.Sprintf("%s hours in all, most on %s", format.Hours(i.Seconds), day.Format("Mon 2 Jan"))
	return &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{format.Hours(i.Seconds), "impediments"}),
		SVG:    frame.HTML(bars.SVG()),
		Note:   "Time belongs to the day on which it was worked. Hatched: the day is not over."}
}

// pastShown is how many closed sprints the page lists.
const pastShown = 6

// fillPastSprints fills in the sprints closed before the one shown.
func (m *page) fillPastSprints(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	closed := closedBefore(team, sp, at, pastShown)
	long := 0.0
	for _, one := range closed {
		long = max(long, one.Ledger.Commitment, *one.Completed)
	}
	for _, one := range closed {
		m.Past = append(m.Past, pastLine{
			Name: one.Name, Address: fmt.Sprintf("%s/sprints/%d%s", base, one.ID, keep),
			Dates:     m.W.Day(*one.Start) + " to " + m.W.DayYear(*one.Complete),
			Committed: m.W.Amount(one.Ledger.Commitment), Completed: m.W.Amount(*one.Completed),
			Kept:       m.W.Amount(*one.Kept),
			Completion: format.Percent(one.Completion.OfCommitment),
			Hours:      format.LoggedHours(one.Impediments, one.Impediments.Seconds),
			Bar: frame.HTML(chart.Kept("committed, completed, kept", one.Ledger.Commitment, *one.Completed, *one.Kept,
				long)),
		})
	}
	if len(closed) > 0 {
		m.PastNote = fmt.Sprintf("%s closed before this one", format.Plural(len(closed), "sprint"))
	}
	m.drawVelocity(team, *sp.Start)
}

// drawVelocity draws what was completed a working day, oldest first.
func (m *page) drawVelocity(team *measure.Team, at time.Time) {
	v, ok := team.Velocity(at)
	if !ok {
		return
	}
	trend := chart.Trend{ID: "t-vel", Median: m.W.Scale(v.Median)}
	for _, one := range v.Sprints {
		trend.Names = append(trend.Names, shortName(one.Name))
		trend.Values = append(trend.Values, math.Round(m.W.Scale(one.Rate)*10)/10)
	}
	middle := format.Figure(m.W.Scale(v.Median))
	low, high := format.Figure(m.W.Scale(v.Low)), format.Figure(m.W.Scale(v.High))
	trend.Title = fmt.Sprintf("Velocity: %s %s a working day in the median, between %s and %s.", middle, m.Unit, low,
		high)
	m.Velocity = &frame.Figure{Reading: fmt.Sprintf("%s in the median, between %s and %s", middle, low, high),
		SVG:  frame.HTML(trend.SVG()),
		Note: "Completed over the working days from start to close. Line: median. Band: lowest to highest."}
}

// shortName shortens the name of a sprint to what tells it apart: its number, else its last word.
func shortName(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, ":", " "))
	for _, word := range words {
		if strings.Trim(word, "0123456789.-/#") == "" && strings.ContainsAny(word, "0123456789") {
			return word
		}
	}
	if len(words) == 0 {
		return name
	}
	return words[len(words)-1]
}
