package measure

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/unexpected"
)

// Unexpected is the work of a window that nobody had planned: impediments and call-outs, each once.
type Unexpected struct {
	Count   int    `json:"count"`   // impediments, and call-outs that are none of them
	Seconds *int64 `json:"seconds"` // logged on impediments and counted of call-outs; nil where no time is known

	// BudgetUsed is what of it counts in the budget: time of impediments, and of call-outs where the budget includes
	// on-call; nil without a budget, and where no time is known.
	BudgetUsed *int64 `json:"budget_used_seconds"`
	// IncludesOnCall says that call-outs count in the budget.
	IncludesOnCall bool `json:"-"`
}

// AddUnexpected fills in the call-outs from a moment to another that is not over, and what they and the impediments of
// that time come to: for a team without sprints, whose unexpected work is told by weeks.
func (t *Team) AddUnexpected(s *Sprint, from, to time.Time) {
	addUnexpected(t, s, impediment.Window{From: from, To: to}, to)
}

// addUnexpected fills in the call-outs of a sprint, and what they and its impediments come to.
func addUnexpected(t *Team, s *Sprint, w impediment.Window, at time.Time) {
	if t.Unexpected == nil {
		return
	}
	s.OnCall = t.Unexpected.In(w, at)
	s.Unexpected = sumUnexpected(s.Impediments, s.OnCall)
	s.Unexpected.IncludesOnCall = t.Index.History.Team.Sprint.BudgetIncludes == agile.WithOnCall
	if s.Impediments.BudgetSeconds != nil && !s.Impediments.TimeUnknown {
		used := t.BudgetUsed(s)
		s.Unexpected.BudgetUsed = &used
	}
}

func sumUnexpected(i *Impediments, o *unexpected.Figures) *Unexpected {
	out := &Unexpected{Count: i.Count + o.Beside}
	if !i.TimeUnknown {
		seconds := i.Seconds + o.CountedSeconds
		out.Seconds = &seconds
	}
	return out
}

// BudgetUsed returns the seconds of a sprint that count in its budget: time of impediments, and of call-outs where the
// team's budget includes on-call.
func (t *Team) BudgetUsed(s *Sprint) int64 {
	used := s.Impediments.Seconds
	if s.Unexpected != nil && s.Unexpected.IncludesOnCall {
		used += s.OnCall.CountedSeconds
	}
	return used
}
