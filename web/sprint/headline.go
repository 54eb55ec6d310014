package sprint

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// emptySentence says the page of a sprint without amounts: how many issues are done, and what impediments took.
func emptySentence(m *page, sp *measure.Sprint) template.HTML {
	text := template.HTMLEscapeString(format.Capital(m.WhyNoAmounts))
	if n := len(sp.Issues); n > 0 {
		verb := "are"
		if sp.Done.Issues == 1 || n == 1 {
			verb = "is"
		}
		text += fmt.Sprintf("; %s of %s %s done", frame.LinkFigure("completed", fmt.Sprint(sp.Done.Issues)),
			format.Plural(n, "issue"), verb)
		if sp.State == agile.Closed {
			text += " at its close"
		}
	}
	return template.HTML(text + impedimentsTook(sp) + ".")
}

// fillTiles fills in the figures of the sprint, each with its measure, or with why it is unknown: then there is no bar.
func (m *page) fillTiles(sp *measure.Sprint, ideal *float64) {
	third := keptTile(m, sp)
	if m.Likely != nil {
		third = likelyTile(m)
	}
	m.Tiles = []frame.Tile{remainingTile(m, sp, ideal), completedTile(m, sp), third, impedimentTile(m, sp, noBudget),
		unplannedTile(m, sp)}
	if sp.Unestimated == nil {
		return
	}
	all, n := len(sp.Issues), *sp.Unestimated
	t := frame.Tile{Name: "Estimated", Value: strconv.Itoa(all - n), Unit: "of " + format.Plural(all, "issue"),
		Explain: "unestimated",
		Note:    estimatedNote(n, sp.Dependency)}
	if all == 0 {
		t.Value, t.Unit, t.Note = "–", "", "no issue stands in this sprint"
	} else {
		t.Meter = frame.HTML(inline.Meter(float64(all-n)/float64(all), nil, "f-ink"))
	}
	m.Tiles = append(m.Tiles, t)
}

// estimatedNote says how many issues lack an estimate, and how many wait on others, if any do.
func estimatedNote(without, waiting int) string {
	note := "all have an estimate"
	if without > 0 {
		note = format.Plural(without, "issue") + " without an estimate"
	}
	if waiting > 0 {
		note += fmt.Sprintf(", %d waiting on others", waiting)
	}
	return note
}

func remainingTile(m *page, sp *measure.Sprint, ideal *float64) frame.Tile {
	w, l := m.W, sp.Ledger
	t := frame.Tile{Name: "Remaining", Value: "–", Explain: "remaining", Note: m.WhyNoAmounts}
	if m.WhyNoAmounts != "" {
		return t
	}
	t.Value, t.Unit = w.Amount(l.Remaining), w.UnitFor(l.Remaining)
	high := max(l.Commitment, *sp.Scope, l.Remaining)
	var tick *float64
	switch {
	case ideal != nil:
		tick = frame.Ratio(*ideal, high)
		t.Note = "the ideal line stands at " + format.Figure(w.Scale(*ideal))
	case l.Commitment == 0:
		t.Note = "no ideal line: nothing was committed"
	default:
		t.Note = "no ideal line: no planned end"
	}
	if share := frame.Ratio(l.Remaining, high); share != nil {
		t.Meter = frame.HTML(inline.Meter(*share, tick, "f-exp"))
	}
	return t
}

func completedTile(m *page, sp *measure.Sprint) frame.Tile {
	w := m.W
	t := frame.Tile{Name: "Completed", Value: "–", Explain: "completed", Note: m.WhyNoAmounts}
	if m.WhyNoAmounts != "" {
		return t
	}
	t.Value, t.Unit, t.Note = w.Amount(*sp.Completed), "of "+w.Count(*sp.Scope), "the scope is 0: there is no share"
	if sp.Completion.OfScope != nil {
		t.Note = format.Percent(sp.Completion.OfScope) + " of scope, nothing was committed"
	}
	if sp.Completion.OfScope != nil && sp.Completion.OfCommitment != nil {
		t.Note = format.Percent(sp.Completion.OfScope) + " of scope, " + format.Percent(sp.Completion.OfCommitment) +
			" of commitment"
	}
	t.Meter = frame.ShareMeter(sp.Completion.OfScope, "f-exp")
	return t
}

func keptTile(m *page, sp *measure.Sprint) frame.Tile {
	w, l := m.W, sp.Ledger
	t := frame.Tile{Name: "Kept", Value: "–", Explain: "kept",
		Note: format.OrElse(m.WhyNoAmounts, "nothing was committed")}
	if m.WhyNoAmounts != "" || sp.Completion.Kept == nil {
		return t
	}
	t.Value, t.Unit, t.Note = w.Amount(*sp.Kept), "of "+w.Count(l.Commitment), format.Percent(sp.Completion.Kept)+
		" of the commitment"
	t.Meter = frame.ShareMeter(sp.Completion.Kept, "f-exp")
	return t
}

// noBudget says that impediments are measured against nothing.
const noBudget = "no budget is set"

// impedimentTile measures time against the budget; without one there is nothing to measure it against, so no bar, and
// it says why.
func impedimentTile(m *page, sp *measure.Sprint, unbudgeted string) frame.Tile {
	i := sp.Impediments
	if i.TimeUnknown {
		return frame.Tile{Name: "Impediments", Value: "–", Explain: "impediments",
			Note: format.Plural(i.Count, "impediment") + ", time logged was not read"}
	}
	t := frame.Tile{Name: "Impediments", Value: format.Hours(i.Seconds), Unit: format.HourWord(i.Seconds),
		Explain: "impediments",
		Note:    format.Plural(i.Count, "impediment") + ", " + unbudgeted}
	if i.BudgetSeconds == nil || *i.BudgetSeconds <= 0 {
		return t
	}
	if u := sp.Unexpected; u != nil && u.IncludesOnCall {
		return unexpectedTile(sp)
	}
	used := float64(i.Seconds) / float64(*i.BudgetSeconds)
	t.Unit = "of " + format.Hours(*i.BudgetSeconds) + format.Thin + "h"
	t.Note = format.Percent(&used) + " of the budget, " + format.Plural(i.Count, "impediment")
	t.Meter = frame.HTML(inline.Meter(used, nil, "f-unx"))
	return t
}

// unexpectedTile measures the time of impediments and call-outs against a budget that includes both.
func unexpectedTile(sp *measure.Sprint) frame.Tile {
	i, u := sp.Impediments, sp.Unexpected
	used := float64(*u.BudgetUsed) / float64(*i.BudgetSeconds)
	return frame.Tile{Name: "The unexpected", Value: format.Hours(*u.BudgetUsed),
		Unit: "of " + format.Hours(*i.BudgetSeconds) + format.Thin + "h", Explain: "unexpected-time",
		Note: format.Percent(&used) + " of the budget, " + format.Plural(i.Count, "impediment") + ", " +
			format.Plural(sp.OnCall.Beside, "call-out"),
		Meter: frame.HTML(inline.Meter(used, nil, "f-unx"))}
}

// unplannedTile tells the share of impediments in all time logged, where other time is logged to compare with.
func unplannedTile(m *page, sp *measure.Sprint) frame.Tile {
	i := sp.Impediments
	t := frame.Tile{Name: "Unplanned share", Value: "–", Explain: "unplanned", Note: explain.WhyNoShare(i, m.Span)}
	if t.Note != "" {
		return t
	}
	t.Value, t.Unit = format.Percent(i.Unplanned), "of time"
	t.Note = format.Hours(i.Seconds) + " of " + format.Hours(i.LoggedSeconds) + format.Thin + "h logged"
	t.Meter = frame.ShareMeter(i.Unplanned, "f-unx")
	return t
}

// writeSentence writes the headline of the page, which is the verdict where there is one, and the quieter line below
// it.
func (m *page) writeSentence(sp *measure.Sprint) {
	said, beside := accountSaid(m, sp), growthSaid(m, sp)+outsideSentence(m, sp)+impedimentsTook(sp)
	if m.Likely != nil && m.Likely.verdict.First != "" {
		m.Sentence, m.Sign = m.Likely.verdict.First, m.Likely.verdict.Sign
		m.Rest = frame.Folded(template.HTML(said), template.HTML(beside+". ")+m.Likely.verdict.Rest)
		return
	}
	m.Sentence = template.HTML(said + ".")
	if sp.State == agile.Active && sp.ToDo.Issues+sp.Doing.Issues == 0 {
		done := format.Verdicts[outlook.StateDone]
		m.Sign = &done
	}
	if beside != "" {
		beside = strings.TrimPrefix(strings.TrimPrefix(beside, "; "), ", and ")
		m.Rest = template.HTML(format.Capital(beside) + ".")
	}
}

// accountSaid says how much of a sprint is done and remains, or what was kept of one that is closed.
func accountSaid(m *page, sp *measure.Sprint) string {
	w, l := m.W, sp.Ledger
	if sp.State == agile.Closed {
		return fmt.Sprintf("Of %s %s committed, %s %s kept; %s of %s %s completed and %s remained",
			frame.LinkFigure("commitment", w.Amount(l.Commitment)), w.UnitFor(l.Commitment),
			frame.LinkFigure("kept", w.Amount(*sp.Kept)), w.Were(*sp.Kept),
			frame.LinkFigure("completed", w.Amount(*sp.Completed)), frame.LinkFigure("scope", w.Amount(*sp.Scope)),
			w.Were(*sp.Completed), frame.LinkFigure("remaining", w.Amount(l.Remaining)))
	}
	return fmt.Sprintf("%s of %s %s %s done and %s %s", frame.LinkFigure("completed", w.Amount(*sp.Completed)),
		frame.LinkFigure("scope", w.Amount(*sp.Scope)), w.UnitFor(*sp.Scope), w.Are(*sp.Scope),
		frame.LinkFigure("remaining", w.Amount(l.Remaining)), w.Remain(l.Remaining)) + m.Likely.sentenceText()
}

// growthSaid goes on with how much the scope is more or less than what was committed; "" where it is the same.
func growthSaid(m *page, sp *measure.Sprint) string {
	switch grown := *sp.Scope - sp.Ledger.Commitment; {
	case grown > 0:
		return "; the scope grew by " + frame.LinkFigure("scope", m.W.Amount(grown))
	case grown < 0:
		return "; the scope shrank by " + frame.LinkFigure("scope", m.W.Amount(-grown))
	}
	return ""
}

// impedimentsTook ends a sentence with the time of impediments, and with the nature that took most of it.
func impedimentsTook(sp *measure.Sprint) string {
	i := sp.Impediments
	if i.Seconds == 0 {
		return ""
	}
	text := ", and impediments took " + frame.LinkFigure("impediments", format.HoursInWords(i.Seconds))
	if n := i.ByNature[0]; n.Nature != measure.UnknownNature && 2*n.Seconds > i.Seconds {
		text += ", mostly " + template.HTMLEscapeString(n.Nature)
	}
	return text
}
