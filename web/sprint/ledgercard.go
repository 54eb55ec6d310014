package sprint

import (
	"fmt"

	"jerem/chart"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

func (m *page) fillStates(sp *measure.Sprint) {
	w := m.W
	m.StateBar = frame.HTML(chart.Stack("done, doing, to do", []chart.Part{{Value: sp.Done.Estimate, Class: "f-done"},
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
func (m *page) fillLedger(sp *measure.Sprint) {
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
	m.Ledger = []frame.SumLine{
		{Op: "", Name: "Commitment", Count: times(measure.Commit, "issue"), Value: w.Amount(l.Commitment),
			Explain: "commitment"},
		{Op: "+", Name: "Added", Count: times(measure.Add, "time"), Value: w.Amount(l.Added), Explain: "remaining"},
		{Op: "−", Name: "Removed", Count: times(measure.Remove, "time"), Value: w.Amount(l.Removed),
			Explain: "remaining"},
		{Op: "+", Name: "Re-estimated", Count: times(measure.Reestimate, "time"), Value: w.Amount(l.Reestimated),
			Explain: "remaining"},
		{Op: "−", Name: "Completed", Count: times(measure.Complete, "time"), Value: w.Amount(l.Completed),
			Explain: "remaining"},
		{Op: "+", Name: "Reopened", Count: times(measure.Reopen, "time"), Value: w.Amount(l.Reopened),
			Explain: "remaining"},
		{Op: "=", Name: "Remaining", Count: "", Value: w.Amount(l.Remaining), Explain: "remaining"},
	}
	m.Scope = fmt.Sprintf("%s committed became %s to go", w.Amount(l.Commitment), w.Amount(l.Remaining))
}
