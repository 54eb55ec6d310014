package sprint

import (
	"fmt"

	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/web/format"
	"jerem/web/frame"
)

func fillStates(m *page, sp *measure.Sprint) {
	w := m.W
	m.StateBar = frame.HTML(inline.Stack([]inline.Part{{Value: sp.Done.Estimate, Class: "f-done"},
		{Value: sp.Doing.Estimate, Class: "f-doing"}, {Value: sp.ToDo.Estimate, Class: "f-todo"}}))
	for _, s := range []struct {
		name    string
		work    measure.Work
		explain string
	}{{"Done", sp.Done, "completed"}, {"Doing", sp.Doing, "remaining"}, {"To do", sp.ToDo, "remaining"}} {
		m.States = append(m.States, stateLine{s.name, w.Amount(s.work.Estimate), format.Plural(s.work.Issues, "issue"),
			s.explain})
	}
}

// fillLedger writes the account as a sum.
func fillLedger(m *page, sp *measure.Sprint) {
	l, w := sp.Ledger, m.W
	counts := map[measure.Kind]int{}
	for _, e := range l.Entries {
		counts[e.Kind]++
	}
	times := func(k measure.Kind, thing string) string {
		if counts[k] == 0 {
			return ""
		}
		return format.Plural(counts[k], thing)
	}
	sign, reestimated := signedTerm(m, l.Reestimated)
	m.Ledger = []frame.SumLine{
		{Op: "", Name: "Commitment", Count: times(measure.Commit, "issue"), Value: w.Column(l.Commitment),
			Explain: "commitment"},
		{Op: "+", Name: "Added", Count: times(measure.Add, "time"), Value: w.Column(l.Added), Explain: "remaining"},
		{Op: "−", Name: "Removed", Count: times(measure.Remove, "time"), Value: w.Column(l.Removed),
			Explain: "remaining"},
		{Op: sign, Name: "Re-estimated", Count: times(measure.Reestimate, "time"), Value: reestimated,
			Explain: "remaining"},
		{Op: "−", Name: "Completed", Count: times(measure.Complete, "time"), Value: w.Column(l.Completed),
			Explain: "remaining"},
		{Op: "+", Name: "Reopened", Count: times(measure.Reopen, "time"), Value: w.Column(l.Reopened),
			Explain: "remaining"},
		{Op: "=", Name: "Remaining", Count: "", Value: w.Column(l.Remaining), Explain: "remaining"},
	}
	committed, left := w.Amount(l.Commitment), w.Amount(l.Remaining)
	m.Scope = frame.OpenFigures(fmt.Sprintf("%s committed became %s to go", committed, left),
		[2]string{committed, "commitment"}, [2]string{left, "remaining"})
}

// fillReconciliation writes how the ledger's Completed, what was completed and all that is done
// are joined, and how the commitment became the scope: no two of these figures stand on the page without their sums.
func fillReconciliation(m *page, sp *measure.Sprint) {
	m.Reconciliation = [][]frame.SumLine{doneSum(m, sp.Reconciliation), scopeSum(m, sp)}
}

// doneSum are the rows from what the ledger tells to what is done in the sprint. Rows of 0 are left out, but the
// figures that stand elsewhere on the page.
func doneSum(m *page, rows []measure.ReconciliationRow) []frame.SumLine {
	var out []frame.SumLine
	for _, row := range rows {
		line := frame.SumLine{Name: explain.ReconciliationWords[row.What], Value: m.W.Column(row.Estimate),
			Explain: "completed"}
		switch row.What {
		case measure.RowCompletedInLedger:
			line.Name = "completed, as the ledger tells"
		case measure.RowCompleted, measure.RowDone:
			line.Op = "="
		default:
			if row.Estimate == 0 && row.What != measure.RowCompletedOutside {
				continue
			}
			line.Op, line.Value = signedTerm(m, row.Estimate)
		}
		if n := len(row.Issues); n > 0 && line.Op != "=" {
			line.Count = format.Plural(n, "time")
		}
		out = append(out, line)
	}
	return out
}

// signedTerm writes a summand as its sign and its amount.
func signedTerm(m *page, x float64) (op, amount string) {
	if x < 0 {
		return "−", m.W.Column(-x)
	}
	return "+", m.W.Column(x)
}

// scopeSum are the rows from the commitment to the scope: what the ledger tells of it, and what was completed beyond
// what the ledger completed, which the rows above explain.
func scopeSum(m *page, sp *measure.Sprint) []frame.SumLine {
	l := sp.Ledger
	out := []frame.SumLine{{Name: "committed", Value: m.W.Column(l.Commitment), Explain: "commitment"}}
	beyond := *sp.Completed - (l.Completed - l.Reopened)
	for _, part := range []struct {
		name string
		x    float64
	}{{"added", l.Added}, {"removed", -l.Removed}, {"re-estimated", l.Reestimated},
		{"completed beyond the ledger's sum", beyond}} {
		if m.W.Amount(part.x) == "0" {
			continue
		}
		line := frame.SumLine{Name: part.name, Explain: "scope"}
		line.Op, line.Value = signedTerm(m, part.x)
		out = append(out, line)
	}
	return append(out, frame.SumLine{Op: "=", Name: "scope", Value: m.W.Column(*sp.Scope), Explain: "scope"})
}

// outsideSentence ends a sentence with what stands in the sprint and was done outside it, if there is any.
func outsideSentence(m *page, sp *measure.Sprint) string {
	if sp.CompletedOutside == nil || m.W.Amount(*sp.CompletedOutside) == "0" {
		return ""
	}
	return "; " + frame.LinkFigure("completed", m.W.Amount(*sp.CompletedOutside)) + " more " +
		m.W.Were(*sp.CompletedOutside) + " done outside the sprint"
}
