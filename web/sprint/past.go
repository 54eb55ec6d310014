package sprint

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"time"

	"jerem/chart"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// pastShown is how many closed sprints the page lists.
const pastShown = 6

// fillPastSprints fills in the sprints closed before the one shown.
func fillPastSprints(m *page, team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	closed := closedBefore(team, sp, at, pastShown)
	long := 0.0
	for _, one := range closed {
		long = max(long, one.Ledger.Commitment, *one.Completed)
	}
	for _, one := range closed {
		m.Past = append(m.Past, pastLine{
			Name: one.Name, Address: fmt.Sprintf("%s/sprints/%d%s", base, one.ID, keep),
			Dates:     m.W.DatesBeside(*one.Start, *one.Complete, at),
			Committed: m.W.Column(one.Ledger.Commitment), Completed: m.W.Column(*one.Completed),
			Kept:       m.W.Column(*one.Kept),
			SayDo:      format.Percent(one.Completion.Kept),
			Completion: format.Percent(one.Completion.OfCommitment),
			Hours:      format.LoggedHours(one.Impediments, one.Impediments.Seconds),
			Bar: frame.HTML(inline.Kept(one.Ledger.Commitment, *one.Completed, *one.Kept,
				long)),
		})
	}
	if len(closed) > 0 {
		m.PastNote = pastReading(closed)
		opened := drawer.Of("past-kept", onpage.SprintsKept(team, closed, mostlyKept), "")
		m.Explains = append(m.Explains, leadToSprints(opened, closed, base, keep))
	}
	sumPastSprints(m, team, closed, base, keep)
	drawVelocity(m, team, *sp.Start, base, keep)
}

// pastSum is the row below several closed sprints: sums, and the means of their shares; "" for what cannot be told.
type pastSum struct{ Name, Committed, Completed, Kept, SayDo, Completion, Hours string }

// sumPastSprints adds up what was committed, completed and kept in several closed sprints and what impediments took,
// and tells the means of their shares.
func sumPastSprints(m *page, team *measure.Team, closed []*measure.Sprint, base, keep string) {
	if len(closed) < 2 {
		return
	}
	sum := &pastSum{Name: format.Plural(len(closed), "sprint")}
	for _, one := range []struct {
		id, title, what string
		amount          func(*measure.Sprint) float64
		text            *string
	}{
		{"past-committed", "Committed in past sprints", "commitment",
			func(s *measure.Sprint) float64 { return s.Ledger.Commitment }, &sum.Committed},
		{"past-completed", "Completed in past sprints", "completed",
			func(s *measure.Sprint) float64 { return *s.Completed }, &sum.Completed},
		{"past-of-kept", "Kept in past sprints", "kept",
			func(s *measure.Sprint) float64 { return *s.Kept }, &sum.Kept},
	} {
		e := onpage.SprintsSum(team, closed, "past.sum", one.title, one.what, one.amount)
		*one.text = m.W.Column(*e.Value)
		m.Explains = append(m.Explains, leadToSprints(drawer.Of(one.id, e, ""), closed, base, keep))
	}
	if e, ok := onpage.SprintsTime(team, closed); ok {
		sum.Hours = format.HoursColumn(int64(*e.Value))
		m.Explains = append(m.Explains, leadToSprints(drawer.Of("past-impediments", e, ""), closed, base, keep))
	}
	m.PastSum = sum
	meanOfPastSprints(m, team, closed, base, keep)
}

// meanOfPastSprints tells the means of say/do and of completion of several closed sprints.
func meanOfPastSprints(m *page, team *measure.Team, closed []*measure.Sprint, base, keep string) {
	for _, one := range []struct {
		id, title, formula string
		share              func(*measure.Sprint) *float64
		text               *string
	}{
		{"past-saydo", "Say/do of past sprints", "kept ÷ commitment",
			func(s *measure.Sprint) *float64 { return s.Completion.Kept }, &m.PastSum.SayDo},
		{"past-completion", "Completion of past sprints", "completed ÷ commitment",
			func(s *measure.Sprint) *float64 { return s.Completion.OfCommitment }, &m.PastSum.Completion},
	} {
		if e, ok := onpage.SprintsMean(team, closed, "past.mean", one.title, one.formula, one.share); ok {
			*one.text = format.Percent(e.Value)
			m.Explains = append(m.Explains, leadToSprints(drawer.Of(one.id, e, ""), closed, base, keep))
		}
	}
}

// leadToSprints leads from the rows of an explanation to the sprints that they name.
func leadToSprints(e frame.Explanation, closed []*measure.Sprint, base, keep string) frame.Explanation {
	for i := range e.Rows {
		for _, one := range closed {
			if one.Name == e.Rows[i].Key {
				e.Rows[i].Address = fmt.Sprintf("%s/sprints/%d%s", base, one.ID, keep)
			}
		}
	}
	return e
}

// pastReading says of closed sprints how much of what was committed they completed.
func pastReading(closed []*measure.Sprint) template.HTML {
	n, held := 0, 0
	for _, one := range closed {
		if one.Completion.Kept == nil {
			continue
		}
		n++
		if *one.Completion.Kept >= mostlyKept {
			held++
		}
	}
	if n == 0 {
		sprints := format.Plural(len(closed), "sprint")
		return frame.OpenFigures(sprints+" closed before this one", [2]string{sprints, "past-kept"})
	}
	share, of := mostlyKept, format.Plural(n, "sprint")
	return frame.OpenFigures(fmt.Sprintf("%d of %s kept at least %s of what was committed", held, of,
		format.Percent(&share)), [2]string{fmt.Sprint(held), "past-kept"}, [2]string{of, "past-kept"})
}

// mostlyKept is the share of a commitment from which the reading of past sprints counts a sprint.
const mostlyKept = .8

// drawVelocity draws what was completed a working day, oldest first.
func drawVelocity(m *page, team *measure.Team, at time.Time, base, keep string) {
	v, ok := measure.VelocityAt(team, at)
	if !ok {
		return
	}
	trend := chart.Trend{ID: "t-vel", Median: m.W.Scale(v.Median)}
	for _, one := range v.Sprints {
		trend.Names = append(trend.Names, shortName(one.Name))
		trend.Links = append(trend.Links, fmt.Sprintf("%s/sprints/%d%s#explain-completed", base, one.ID, keep))
		trend.Values = append(trend.Values, math.Round(m.W.Scale(one.Rate)*10)/10)
	}
	middle := m.W.Rate(v.Median)
	low, high := m.W.Rate(v.Low), m.W.Rate(v.High)
	spread := spreadOfVelocity(low, high, len(v.Sprints))
	trend.Title = fmt.Sprintf("Velocity: %s %s a working day %s.", middle, m.Unit, spread)
	opened := drawer.Of("past-velocity", onpage.SprintRates(team, v), "")
	m.Explains = append(m.Explains, opened)
	reading := middle + " " + spread
	m.Velocity = &frame.Figure{Reading: reading, Opened: frame.OpenFigures(reading, [2]string{middle, opened.ID},
		[2]string{low, opened.ID}, [2]string{high, opened.ID}),
		SVG:  frame.HTML(trend.SVG()),
		Note: "Completed over the working days from start to close. Line: median. Band: lowest to highest."}
}

// spreadOfVelocity says how far the closed sprints lie apart.
func spreadOfVelocity(low, high string, sprints int) string {
	switch {
	case low != high:
		return fmt.Sprintf("in the median, between %s and %s", low, high)
	case sprints == 1:
		return "in the one sprint that was closed"
	}
	return fmt.Sprintf("in each of %d sprints", sprints)
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
