package web

import (
	"strings"

	"jerem/measure"
)

// reconcile writes under the bar of states how the ledger's Completed, what was completed and all that is done are
// joined, and how the commitment became the scope: no two of these figures stand on the page without their sums.
func (m *micro) reconcile(sp *measure.Sprint) {
	m.Joined = append(m.doneSum(sp.Reconciliation), m.scopeSum(sp)...)
}

// doneSum are the rows from what the ledger tells to what is done in the sprint. Rows of 0 are left out, but the
// figures that stand elsewhere on the page.
func (m *micro) doneSum(rows []measure.ReconciliationRow) []ledgerLine {
	var out []ledgerLine
	for _, row := range rows {
		line := ledgerLine{Name: reconciliationWords[row.What], Value: m.W.amount(row.Estimate), Explain: "completed"}
		switch row.What {
		case measure.RowCompletedInLedger:
			line.Name = "completed, as the ledger tells"
		case measure.RowCompleted, measure.RowDone:
			line.Op = "="
		default:
			if row.Estimate == 0 && row.What != measure.RowCompletedOutside {
				continue
			}
			line.Op, line.Value = m.term(row.Estimate)
		}
		if n := len(row.Issues); n > 0 && line.Op != "=" {
			line.Count = plural(n, "time")
		}
		out = append(out, line)
	}
	return out
}

// term writes a summand as its sign and its amount.
func (m *micro) term(x float64) (op, amount string) {
	if x < 0 {
		return "−", m.W.amount(-x)
	}
	return "+", m.W.amount(x)
}

// scopeSum are the rows from the commitment to the scope: what the ledger tells of it, and what was completed beyond
// what the ledger completed, which the rows above explain.
func (m *micro) scopeSum(sp *measure.Sprint) []ledgerLine {
	l := sp.Ledger
	out := []ledgerLine{{Name: "committed", Value: m.W.amount(l.Commitment), Explain: "commitment"}}
	beyond := *sp.Completed - (l.Completed - l.Reopened)
	for _, part := range []struct {
		name string
		x    float64
	}{{"added", l.Added}, {"removed", -l.Removed}, {"re-estimated", l.Reestimated}, {"completed beyond the ledger's sum", beyond}} {
		if m.W.amount(part.x) == "0" {
			continue
		}
		line := ledgerLine{Name: part.name, Explain: "scope"}
		line.Op, line.Value = m.term(part.x)
		out = append(out, line)
	}
	return append(out, ledgerLine{Op: "=", Name: "scope", Value: m.W.amount(*sp.Scope), Explain: "scope"})
}

// outside ends a sentence with what stands in the sprint and was done outside it, if there is any.
func (m *micro) outside(sp *measure.Sprint) string {
	if sp.CompletedOutside == nil || m.W.amount(*sp.CompletedOutside) == "0" {
		return ""
	}
	verb := " more were done outside the sprint"
	if m.W.amount(*sp.CompletedOutside) == "1" {
		verb = strings.Replace(verb, "were", "was", 1)
	}
	return "; " + fig("completed", m.W.amount(*sp.CompletedOutside)) + verb
}
