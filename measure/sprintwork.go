package measure

import (
	"jerem/agile"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// sprintWorkKey names what the work in a closed sprint tells.
type sprintWorkKey struct{ begun bool }

// measureWork fills in what the work in a sprint tells: its ledger, what was completed and what stands in it.
func measureWork(t *Team, sp index.SprintSpan, begun bool) *Sprint {
	s, stays := &Sprint{}, t.Index.Memberships(sp)
	if begun {
		s.Ledger = LedgerOf(t.Index, sp, stays)
		addOutcome(s, sp, stays)
		s.Reconciliation = reconcileSprint(t.Index, sp, stays)
	}
	countIssues(t.Index, s, sp, stays, begun)
	s.doubts = doubtsOfSprint(t, sp, stays, begun)
	return s
}

// addOutcome fills in what became of the commitment.
func addOutcome(s *Sprint, sp index.SprintSpan, stays []index.Membership) {
	var completed, outside, open, kept, unplanned float64
	for _, st := range stays {
		end := st.Last()
		if !end.In {
			continue
		}
		switch {
		case end.State() != workstate.Done:
			open += end.Points()
		case completedDuring(st, sp):
			completed += end.Points()
			if start := st.At(sp.Start); start.In && start.State() != workstate.Done {
				kept += start.Points()
			} else {
				unplanned += end.Points()
			}
		default:
			outside += end.Points()
		}
	}
	set := func(x float64) *float64 { x = amount.Tidy(x); return &x }
	s.Completed, s.CompletedOutside = set(completed), set(outside)
	s.Scope, s.Kept = set(completed+open), set(kept)
	s.Completion = Completion{
		OfCommitment: amount.Share(*s.Completed, s.Ledger.Commitment),
		OfScope:      amount.Share(*s.Completed, *s.Scope),
		Kept:         amount.Share(*s.Kept, s.Ledger.Commitment),
		Unplanned:    amount.Share(amount.Tidy(unplanned), *s.Completed),
	}
}

// completedDuring tells whether an issue that is done at the end of the span went into done during it,
// while it was a member.
func completedDuring(s index.Membership, sp index.SprintSpan) bool {
	entry, ok := s.DoneSince()
	return ok && entry.At().After(sp.Start) && entry.In
}

// countIssues counts what is in the sprint at the end of the span.
func countIssues(x *index.Index, s *Sprint, sp index.SprintSpan, stays []index.Membership, begun bool) {
	s.Issues = []SprintIssue{}
	unestimated := 0
	for _, st := range stays {
		b := st.Last()
		if !b.In {
			continue
		}
		work := map[workstate.State]*Work{workstate.ToDo: &s.ToDo, workstate.Doing: &s.Doing,
			workstate.Done: &s.Done}[b.State()]
		work.addEstimate(b.Points())
		issue := x.Issues.Of(st.Issue)
		row := SprintIssue{Key: issue.Key.Last(), Summary: issue.Summary.At(sp.End), State: b.State()}
		if x.History.Team.Dependency.MarkedBy(issue.Labels.At(sp.End)) {
			row.Dependency = true
			s.Dependency++
		}
		if b.Estimate.Known && x.Unit != agile.Issues {
			e := b.Estimate.Value
			row.Estimate = &e
		}
		start := st.At(sp.Start)
		if index.IsUnestimated(x, st.Issue, *b.Snapshot, sp.End) {
			row.Unestimated = true
			unestimated++
		}
		row.Committed = begun && start.In && start.State() != workstate.Done
		row.Completed = begun && b.State() == workstate.Done && completedDuring(st, sp)
		s.Issues = append(s.Issues, row)
	}
	sorting.By(s.Issues, func(a, b SprintIssue) int { return naming.CompareKeys(a.Key, b.Key) })
	for _, w := range []*Work{&s.ToDo, &s.Doing, &s.Done} {
		w.Estimate = amount.Tidy(w.Estimate)
	}
	if x.Unit != agile.Issues {
		s.Unestimated = &unestimated
	}
}
