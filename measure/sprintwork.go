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
	s.Issues = []SprintIssue{}
	countIssues(t.Index, s, sp, stays, func(st index.Membership) {
		s.Issues = append(s.Issues, listedIssue(t.Index, sp, st, begun))
	})
	sorting.By(s.Issues, func(a, b SprintIssue) int { return naming.CompareKeys(a.Key, b.Key) })
	s.isEmpty = len(s.Issues) == 0 && (s.Ledger == nil || len(s.Ledger.Entries) == 0)
	s.doubts = doubtsOfSprint(t, sp, stays, begun)
	return s
}

// sprintSumsKey names the sums of the work in a closed sprint.
type sprintSumsKey struct{ begun bool }

// measureSums is [measureWork] without what is listed: entries, issues and the reconciliation. Of a long sprint these
// are a megabyte.
func measureSums(t *Team, sp index.SprintSpan, begun bool) *Sprint {
	s, some := &Sprint{}, false
	index.LookAtMemberships(t.Index, sp, func(stays []index.Membership) {
		if begun {
			s.Ledger, some = sumLedger(t.Index, sp, stays)
			addOutcome(s, sp, stays)
		}
		countIssues(t.Index, s, sp, stays, func(index.Membership) { some = true })
		s.doubts = doubtsOfSprint(t, sp, stays, begun)
	})
	s.isEmpty = !some
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

// countIssues counts what is in the sprint at the end of the span, and hands it over.
func countIssues(
	x *index.Index, s *Sprint, sp index.SprintSpan, stays []index.Membership, found func(index.Membership),
) {
	unestimated := 0
	for _, st := range stays {
		b := st.Last()
		if !b.In {
			continue
		}
		work := map[workstate.State]*Work{workstate.ToDo: &s.ToDo, workstate.Doing: &s.Doing,
			workstate.Done: &s.Done}[b.State()]
		work.addEstimate(b.Points())
		s.Dependency += oneIf(isDependency(x, st.Issue, sp))
		unestimated += oneIf(index.IsUnestimated(x, st.Issue, *b.Snapshot, sp.End))
		found(st)
	}
	for _, w := range []*Work{&s.ToDo, &s.Doing, &s.Done} {
		w.Estimate = amount.Tidy(w.Estimate)
	}
	if x.Unit != agile.Issues {
		s.Unestimated = &unestimated
	}
}

// isDependency tells whether an issue carries the label of a dependency at the end of a span.
func isDependency(x *index.Index, issue int64, sp index.SprintSpan) bool {
	return x.History.Team.Dependency.MarkedBy(x.Issues.Of(issue).Labels.At(sp.End))
}

// listedIssue is an issue that is in the sprint at the end of the span.
func listedIssue(x *index.Index, sp index.SprintSpan, st index.Membership, begun bool) SprintIssue {
	b, start, issue := st.Last(), st.At(sp.Start), x.Issues.Of(st.Issue)
	row := SprintIssue{Key: issue.Key.Last(), Summary: issue.Summary.At(sp.End), State: b.State(),
		Dependency:  isDependency(x, st.Issue, sp),
		Unestimated: index.IsUnestimated(x, st.Issue, *b.Snapshot, sp.End),
		Committed:   begun && start.In && start.State() != workstate.Done,
		Completed:   begun && b.State() == workstate.Done && completedDuring(st, sp)}
	if b.Estimate().Known && x.Unit != agile.Issues {
		e := b.Estimate().Value
		row.Estimate = &e
	}
	return row
}
