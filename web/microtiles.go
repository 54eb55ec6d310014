package web

import (
	"fmt"
	"html/template"
	"strconv"

	"jerem/agile"
	"jerem/chart"
	"jerem/measure"
)

// nothingToMeasure says why a sprint has no amounts to tell: it is empty, nothing in it is estimated, or all of it at 0.
// It is "" for a sprint with amounts.
func (m *micro) nothingToMeasure(sp *measure.Sprint) string {
	l := sp.Ledger
	if l.Commitment != 0 || *sp.Scope != 0 || l.Remaining != 0 {
		return ""
	}
	for _, e := range l.Entries {
		if e.Delta != 0 {
			return ""
		}
	}
	n := len(sp.Issues)
	switch {
	case n == 0:
		return "no issue stands in this sprint"
	case sp.Unestimated != nil && *sp.Unestimated == n:
		return plural(n, "issue") + " in this sprint, none with an estimate"
	case sp.Unestimated != nil && *sp.Unestimated > 0:
		return plural(n, "issue") + " in this sprint, with no estimate or one of 0"
	}
	return plural(n, "issue") + " in this sprint, each estimated at 0"
}

// emptySentence says the page of a sprint without amounts: how many issues are done, and what impediments took.
func (m *micro) emptySentence(sp *measure.Sprint) template.HTML {
	text := template.HTMLEscapeString(capital(m.Lack))
	if n := len(sp.Issues); n > 0 {
		verb := "are"
		if sp.Done.Issues == 1 {
			verb = "is"
		}
		text += fmt.Sprintf("; %s of %s %s done", fig("completed", fmt.Sprint(sp.Done.Issues)), plural(n, "issue"), verb)
		if sp.State == agile.Closed {
			text += " at its close"
		}
	}
	return template.HTML(text + impedimentsTook(sp) + ".")
}

// tiles fills in the figures of the sprint, each with its measure, or with why it is unknown: then there is no bar.
func (m *micro) tiles(sp *measure.Sprint, ideal float64, hasIdeal bool) {
	m.Tiles = []tile{m.remainingTile(sp, ideal, hasIdeal), m.completedTile(sp), m.keptTile(sp), m.impedimentTile(sp), m.unplannedTile(sp)}
	if sp.Unestimated == nil {
		return
	}
	all, n := len(sp.Issues), *sp.Unestimated
	t := tile{Name: "Estimated", Value: strconv.Itoa(all - n), Unit: "of " + plural(all, "issue"), Explain: "unestimated",
		Note: plural(n, "issue") + " without an estimate, " + strconv.Itoa(sp.Dependency) + " waiting on others"}
	if all == 0 {
		t.Value, t.Unit, t.Note = "–", "", "no issue stands in this sprint"
	} else {
		t.Meter = svg(chart.Meter("estimated issues", float64(all-n)/float64(all), nil, "f-ink"))
	}
	m.Tiles = append(m.Tiles, t)
}

func (m *micro) remainingTile(sp *measure.Sprint, ideal float64, hasIdeal bool) tile {
	w, l := m.W, sp.Ledger
	t := tile{Name: "Remaining", Value: "–", Explain: "remaining", Note: m.Lack}
	if m.Lack != "" {
		return t
	}
	t.Value, t.Unit = w.amount(l.Remaining), w.unitFor(l.Remaining)
	high := max(l.Commitment, *sp.Scope, l.Remaining)
	var tick *float64
	switch {
	case hasIdeal:
		tick = ratio(ideal, high)
		t.Note = "the ideal line stands at " + figure(w.scale(ideal))
	case l.Commitment == 0:
		t.Note = "no ideal line: nothing was committed"
	default:
		t.Note = "no ideal line: no planned end"
	}
	if share := ratio(l.Remaining, high); share != nil {
		t.Meter = svg(chart.Meter(w.amount(l.Remaining)+" remain", *share, tick, "f-exp"))
	}
	return t
}

func (m *micro) completedTile(sp *measure.Sprint) tile {
	w := m.W
	t := tile{Name: "Completed", Value: "–", Explain: "completed", Note: m.Lack}
	if m.Lack != "" {
		return t
	}
	t.Value, t.Unit, t.Note = w.amount(*sp.Completed), "of "+w.count(*sp.Scope), "the scope is 0: there is no share"
	if sp.Completion.OfScope != nil {
		t.Note = percent(sp.Completion.OfScope) + " of scope, nothing was committed"
	}
	if sp.Completion.OfScope != nil && sp.Completion.OfCommitment != nil {
		t.Note = percent(sp.Completion.OfScope) + " of scope, " + percent(sp.Completion.OfCommitment) + " of commitment"
	}
	t.Meter = shareMeter("completed", sp.Completion.OfScope, "f-exp")
	return t
}

func (m *micro) keptTile(sp *measure.Sprint) tile {
	w, l := m.W, sp.Ledger
	t := tile{Name: "Kept", Value: "–", Explain: "kept", Note: orElse(m.Lack, "nothing was committed")}
	if m.Lack != "" || sp.Completion.Kept == nil {
		return t
	}
	t.Value, t.Unit, t.Note = w.amount(*sp.Kept), "of "+w.count(l.Commitment), percent(sp.Completion.Kept)+" of the commitment"
	t.Meter = shareMeter("kept", sp.Completion.Kept, "f-exp")
	return t
}

// impedimentTile measures time against the budget; without one there is nothing to measure it against, so no bar.
func (m *micro) impedimentTile(sp *measure.Sprint) tile {
	i := sp.Impediments
	if i.TimeUnknown {
		return tile{Name: "Impediments", Value: "–", Explain: "impediments", Note: plural(i.Count, "impediment") + ", time logged was not read"}
	}
	t := tile{Name: "Impediments", Value: hours(i.Seconds), Unit: "hours", Explain: "impediments", Note: plural(i.Count, "impediment") + ", no budget is set"}
	if i.BudgetSeconds == nil || *i.BudgetSeconds <= 0 {
		return t
	}
	used := float64(i.Seconds) / float64(*i.BudgetSeconds)
	t.Unit = "of " + hours(*i.BudgetSeconds) + thin + "h"
	t.Note = percent(&used) + " of the budget, " + plural(i.Count, "impediment")
	t.Meter = svg(chart.Meter(percent(&used)+" of the budget", used, nil, "f-unx"))
	return t
}

// unplannedTile tells the share of impediments in all time logged, where other time is logged to compare with.
func (m *micro) unplannedTile(sp *measure.Sprint) tile {
	i := sp.Impediments
	t := tile{Name: "Unplanned share", Value: "–", Explain: "unplanned", Note: whyNoShare(i, m.Span)}
	if t.Note != "" {
		return t
	}
	t.Value, t.Unit = percent(i.Unplanned), "of time"
	t.Note = hours(i.Seconds) + " of " + hours(i.LoggedSeconds) + thin + "h logged"
	t.Meter = shareMeter("unplanned share of time", i.Unplanned, "f-unx")
	return t
}
