package sprint

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/chart"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// fillPastSprints fills in the sprints closed before the one shown.
func fillPastSprints(m *page, team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	closed := onpage.ClosedBefore(team, sp, at, onpage.PastShown)
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
	}
	open := func(id, figure string) (e explanation.Explanation, ok bool) {
		if e, ok = onpage.PastSprints(team, sp, closed, figure); ok {
			opened := addressedIn(sp, team, drawer.Of(id, e, ""))
			m.Explains = append(m.Explains, leadToSprints(opened, closed, base, keep))
		}
		return e, ok
	}
	open("past-kept", onpage.PastKept)
	if len(closed) > 1 {
		m.PastSum = sumPastSprints(m.W, len(closed), open)
		m.PastSum.Note = roundingOfPast(m)
	}
	drawVelocity(m, team, *sp.Start, base, keep)
	if m.Velocity != nil {
		open(velocityID, onpage.PastVelocity)
	}
}

// addressedIn gives the explanation of a figure of a sprint its address.
func addressedIn(sp *measure.Sprint, team *measure.Team, e frame.Explanation) frame.Explanation {
	return drawer.Addressed([]frame.Explanation{e}, team, sp.At, "sprint", strconv.FormatInt(sp.ID, 10))[0]
}

// pastSum is the row below several closed sprints: sums, and the means of their shares; "" for what cannot be told.
type pastSum struct{ Name, Committed, Completed, Kept, SayDo, Completion, Hours, Note string }

// sumPastSprints adds up what was committed, completed and kept in so many closed sprints and what impediments took,
// and tells the means of their shares; open opens each figure.
func sumPastSprints(
	w format.Words, sprints int, open func(id, figure string) (explanation.Explanation, bool),
) *pastSum {
	sum := &pastSum{Name: format.Plural(sprints, "sprint")}
	hours := func(x float64) string { return format.HoursColumn(int64(x)) }
	share := func(x float64) string { return format.Percent(&x) }
	for _, one := range []struct {
		id, figure string
		write      func(float64) string
		text       *string
	}{
		{"past-committed", onpage.PastCommitted, w.Column, &sum.Committed},
		{"past-completed", onpage.PastCompleted, w.Column, &sum.Completed},
		{"past-of-kept", onpage.PastOfKept, w.Column, &sum.Kept},
		{"past-impediments", onpage.PastImpediments, hours, &sum.Hours},
		{"past-saydo", onpage.PastSayDo, share, &sum.SayDo},
		{"past-completion", onpage.PastCompletion, share, &sum.Completion},
	} {
		if e, ok := open(one.id, one.figure); ok {
			*one.text = one.write(*e.Value)
		}
	}
	return sum
}

// roundingOfPast says of the sums below closed sprints where those do not add up as they are shown.
func roundingOfPast(m *page) string {
	var committed, completed, kept, hours []string
	for _, line := range m.Past {
		committed, completed = append(committed, line.Committed), append(completed, line.Completed)
		kept, hours = append(kept, line.Kept), append(hours, line.Hours)
	}
	var notes []string
	for _, one := range []struct {
		what, sum string
		parts     []string
	}{{m.Unit + " committed", m.PastSum.Committed, committed}, {m.Unit + " completed", m.PastSum.Completed, completed},
		{m.Unit + " kept", m.PastSum.Kept, kept}, {"hours of impediments", m.PastSum.Hours, hours}} {
		if note := format.RoundingNote(one.what, one.sum, one.parts...); note != "" {
			notes = append(notes, note)
		}
	}
	return strings.Join(notes, " ")
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
		if *one.Completion.Kept >= onpage.MostlyKept {
			held++
		}
	}
	if n == 0 {
		sprints := format.Plural(len(closed), "sprint")
		return frame.OpenFigures(sprints+" closed before this one", [2]string{sprints, "past-kept"})
	}
	share, of := float64(onpage.MostlyKept), format.Plural(n, "sprint")
	return frame.OpenFigures(fmt.Sprintf("%d of %s kept at least %s of what was committed", held, of,
		format.Percent(&share)), [2]string{fmt.Sprint(held), "past-kept"}, [2]string{of, "past-kept"})
}

// velocityID is the id of what opens the velocity.
const velocityID = "past-velocity"

// drawVelocity draws what was completed a working day, oldest first. It measures nothing where neither this sprint nor
// those have an estimate.
func drawVelocity(m *page, team *measure.Team, at time.Time, base, keep string) {
	v, ok := measure.VelocityAt(team, at)
	if !ok || v.High == 0 && m.WhyNoAmounts != "" {
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
	reading := middle + " " + spread
	m.Velocity = &frame.Figure{Reading: reading, Opened: frame.OpenFigures(reading, [2]string{middle, velocityID},
		[2]string{low, velocityID}, [2]string{high, velocityID}),
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
