package sprint

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/sprint/days"
)

var markKinds = map[measure.Kind]chart.MarkKind{
	measure.Add: chart.Added, measure.Remove: chart.Removed, measure.Reestimate: chart.Reestimated,
	measure.Reopen: chart.Reopened,
}

// drawBurndown draws what remains, with the changes of scope at their moments and the outcomes that are likely.
func (m *page) drawBurndown(sp *measure.Sprint, ax days.Axis, at time.Time, ideal *float64) {
	w, l, end := m.W, sp.Ledger, days.EndOf(sp, at)
	if m.WhyNoAmounts != "" {
		m.Burndown = &frame.Figure{Reading: format.Capital(m.WhyNoAmounts),
			Empty: "Without an estimate above 0 there is no line to draw."}
		return
	}
	b := chart.Burndown{ID: "t-burn", Days: ax.ChartDays(), End: ax.PositionOf(end),
		Opens: chart.Opened{First: "#explain-commitment", Last: "#explain-remaining", Fan: "#explain-odds"},
		First: w.Amount(l.Commitment) + " committed", Last: w.Amount(l.Remaining) + " " + verbOfRest(w, sp)}
	b.Line = append(b.Line, chart.XY{X: ax.PositionOf(*sp.Start), Y: w.Scale(l.Commitment)})
	for i, e := range m.happened {
		if e.Kind == measure.Commit || e.Delta == 0 {
			continue
		}
		x, told := ax.PositionOf(e.Time), m.Events[i]
		kind, marked := markKinds[e.Kind]
		if marked {
			b.Marks = append(b.Marks, chart.Mark{X: x, Kind: kind, Delta: w.Signed(e.Delta), Word: told.What,
				Label: e.Issue, ID: told.ID})
		}
		to := w.Scale(e.Remaining)
		b.Steps = append(b.Steps, chart.Step{X: x, From: b.Line[len(b.Line)-1].Y, To: to, Marked: marked,
			Told: e.Issue + " " + told.What + " " + w.Signed(e.Delta), ID: told.ID})
		b.Line = append(b.Line, chart.XY{X: x, Y: to})
	}
	b.Ideal = days.IdealLine(sp, ax, w.Scale)
	if sp.State == agile.Active {
		now := ax.PositionOf(end)
		b.Now, b.NowName = &now, momentName(m, end)
	}
	m.Likely.addTo(&b, m, sp, ax, end)
	reading := burndownReading(m, sp, ideal)
	b.Title = fmt.Sprintf("Burndown of %s: %s committed on %s, %s %s on %s.", sp.Name, w.Count(l.Commitment),
		w.Day(*sp.Start), w.Amount(l.Remaining), verbOfRest(w, sp), w.Short(end))
	gap := ""
	if _, rest, ok := strings.Cut(reading, ", "); ok {
		gap = strings.Fields(rest)[0] // how far it is from the ideal line, or "on"
	}
	m.Burndown = &frame.Figure{Reading: reading, SVG: frame.HTML(b.SVG()),
		Opened: frame.OpenFigures(reading, [2]string{w.Amount(l.Remaining), "remaining"},
			[2]string{strings.TrimSuffix(gap, "on"), "remaining"}), Note: m.Likely.fanNote()}
	if ax.Cut {
		m.Burndown.Note = strings.TrimSpace(fmt.Sprintf("This sprint is longer than %d days; these are %d of them. "+
			"Are its dates right in Jira? %s", days.LongestAxis, days.LongestAxis, m.Burndown.Note))
	}
}

// verbOfRest is the verb of what remains of a sprint, in the past where it is over.
func verbOfRest(w format.Words, sp *measure.Sprint) string {
	if sp.State == agile.Closed {
		return "remained"
	}
	return w.Remain(sp.Ledger.Remaining)
}

// burndownReading says what remains, and how far that is from the ideal line; ideal is nil where there is none.
func burndownReading(m *page, sp *measure.Sprint, ideal *float64) string {
	w, l := m.W, sp.Ledger
	reading := w.Count(l.Remaining) + " " + w.Remain(l.Remaining)
	if sp.State == agile.Closed {
		reading = w.Count(l.Remaining) + " remained at the close"
	}
	if ideal == nil {
		return reading
	}
	switch gap := format.Figure(w.Scale(l.Remaining - *ideal)); {
	case gap == "0":
		return reading + ", on the ideal line"
	case l.Remaining > *ideal:
		return reading + ", " + gap + " more than the ideal line"
	default:
		return reading + ", " + strings.TrimPrefix(gap, "−") + " less than the ideal line"
	}
}

// momentName is what a line at the moment shown is called: now, or its date where another moment was asked for.
func momentName(m *page, at time.Time) string {
	if m.Asked != "" {
		return m.W.Day(at)
	}
	return "now"
}

// addTo adds to a burndown how much is likely to remain on the days to come, up to the planned end, and by when nothing
// is where that lies within it.
func (f *forecastEnd) addTo(b *chart.Burndown, m *page, sp *measure.Sprint, ax days.Axis, now time.Time) {
	if f == nil || len(f.fan) == 0 {
		return
	}
	at := func(x float64, p [7]float64) {
		b.Fan = append(b.Fan, chart.FanPoint{X: x, P05: p[0], P15: p[1], P30: p[2], P50: p[3], P70: p[4], P85: p[5],
			P95: p[6]})
	}
	scaled := func(p [7]float64) [7]float64 {
		for i := range p {
			p[i] = m.W.Scale(p[i])
		}
		return p
	}
	for _, day := range f.fan {
		from := now
		if day.date.Midnight(ax.Cal.Zone).After(now) {
			from, _ = ax.Cal.Hours(day.date)
		}
		_, to := ax.Cal.Hours(day.date)
		at(ax.PositionOf(from), scaled(day.before))
		at(ax.PositionOf(calendar.LaterOf(to, from)), scaled(day.after))
	}
	last := f.fan[len(f.fan)-1].after
	left := func(share int) string { return likelyAmount(m.W, last[share], sp.Ledger.Remaining) }
	b.FanEnd, b.FanRange = "about "+left(3)+" left", "between "+left(0)+" and "+left(6)
	for _, d := range f.dates {
		if place := ax.DayIndex(d.date); place >= 0 && place < len(ax.Dates) {
			_, to := ax.Cal.Hours(d.date)
			b.Dates = append(b.Dates, chart.DateMark{X: ax.PositionOf(to),
				Name: d.name + " " + format.DateWord(d.date)})
		}
	}
	sorting.By(b.Dates, func(x, y chart.DateMark) int { return int((x.X - y.X) * 1e6) })
}
