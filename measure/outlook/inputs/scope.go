package inputs

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
)

// Scope is what a forecast is asked of: how much is left, and of what.
type Scope struct {
	Done        float64 // of it, already
	Remaining   float64
	Earlier     float64 // the part of Remaining that is of epics taken before the one asked for
	NotDone     string  // why, where nothing is left, that is not all done; "" where it is
	Unestimated int
	counted     [][]Issue       // what is counted, by epic; none for a number
	Issues      map[int64]Issue // the same by id, where it was asked for
	Epics       []int64         // the epics that are counted, nil for a sprint or a number
	Sprint      int64
	Deadline    *calendar.Date
}

// Issue is what an issue counts for in a scope.
type Issue struct {
	ID          int64
	Epic        int64 // 0 in the scope of a sprint
	Estimate    float64
	Unestimated bool // it draws a size while it is open
	Done        bool
}

// epicScope returns what is left of epics at a moment, of their issues that are taken; sizes of unestimated issues come
// on top. A nil take takes all.
func (w TeamWork) epicScope(epics []int64, at time.Time, take func(epic, issue int64) bool) Scope {
	s, known := Scope{Epics: epics}, w.epicsAt(at)
	for _, epic := range epics {
		counted := known.IssuesOf(epic)
		if take != nil {
			counted = slices.DeleteFunc(slices.Clone(counted), func(one Issue) bool { return !take(epic, one.ID) })
		}
		s.addIssues(counted)
	}
	s.Done, s.Remaining = amount.Tidy(s.Done), amount.Tidy(s.Remaining)
	return s
}

// addIssues counts issues of the scope.
func (s *Scope) addIssues(counted []Issue) {
	for _, one := range counted {
		if one.Done {
			s.Done += one.Estimate
		} else {
			s.Remaining += one.Estimate
		}
		if one.Unestimated {
			s.Unestimated++
		}
	}
	s.counted = append(s.counted, counted)
}

// ListIssues enters what is counted by id.
func (s *Scope) ListIssues() {
	if s.Issues != nil {
		return
	}
	s.Issues = map[int64]Issue{}
	for _, counted := range s.counted {
		for _, one := range counted {
			s.Issues[one.ID] = one
		}
	}
}

// scopeIssueAt returns what an issue counts for at a moment.
func (w TeamWork) scopeIssueAt(epic, id int64, b index.Snapshot, at time.Time) Issue {
	one := Issue{ID: id, Epic: epic, Estimate: index.EstimateIn(w.Unit, b).Value, Done: b.State() == workstate.Done}
	one.Unestimated = !one.Done && w.Unit != agile.Issues && index.IsUnestimated(w.Team.Index, id, b, at)
	return one
}

// countsAt tells whether an issue is work of its own at a moment, in the unit asked.
func (w TeamWork) countsAt(id int64, at time.Time) bool {
	return index.CountsIn(w.Unit, w.Team.Index.Level(w.Team.Index.Issues.Of(id).Type.At(at)))
}

// countsThrough tells at which moments an issue is work of its own, in the unit asked; most have one type for ever.
func (w TeamWork) countsThrough(i *agile.Issue) func(at time.Time) bool {
	countsAs := func(typ string) bool { return index.CountsIn(w.Unit, w.Team.Index.Level(typ)) }
	if len(i.Type) == 1 {
		counts := countsAs(i.Type[0].Value)
		return func(time.Time) bool { return counts }
	}
	return func(at time.Time) bool { return countsAs(i.Type.At(at)) }
}

// SprintScope returns what is left of a sprint at a moment: of one that is closed by then what was left at its
// completion.
func (w TeamWork) SprintScope(sprint int64, at time.Time) Scope {
	s := Scope{Sprint: sprint}
	span := w.Team.Index.SprintSpan(sprint, w.SprintVersion(sprint, at), at)
	var counted []Issue
	for _, member := range w.Team.Index.Memberships(span) {
		if last := member.Last(); last.In && w.countsAt(member.Issue, span.End) {
			counted = append(counted, w.scopeIssueAt(0, member.Issue, *last.Snapshot, span.End))
		}
	}
	s.addIssues(counted)
	s.Done, s.Remaining = amount.Tidy(s.Done), amount.Tidy(s.Remaining)
	return s
}

// SprintVersion returns what a sprint is at a moment, the zero version of one that is not known.
func (w TeamWork) SprintVersion(id int64, at time.Time) agile.SprintVersion {
	for _, sprint := range w.Team.Index.History.Sprints {
		if sprint.ID == id {
			return sprint.At(at)
		}
	}
	return agile.SprintVersion{}
}

// HasSprint tells whether a sprint is one of the team's.
func (w TeamWork) HasSprint(id int64) bool {
	return slices.ContainsFunc(w.Team.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
}
