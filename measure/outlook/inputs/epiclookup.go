package inputs

import (
	"slices"
	"time"

	"jerem/measure/internal/naming"
	"jerem/sorting"
)

// Epics holds what was looked up of epics at a moment, for all questions of an inquiry about that moment: of an epic
// that comes last in its quarter all those before it are asked too.
type Epics struct {
	unit      TeamWork
	at        time.Time
	counted   map[int64][]Issue
	begun     map[int64]time.Time
	baselines map[int64]baseline
}

// baseline is the moment from which on changes of an epic's total are growth; known is false where that lies ahead.
type baseline struct {
	at    time.Time
	known bool
}

// LookUpEpics begins to look up epics in a unit at a moment: nothing is held of them yet.
func LookUpEpics(w TeamWork, at time.Time) *Epics {
	return &Epics{unit: w, at: at, counted: map[int64][]Issue{}, begun: map[int64]time.Time{},
		baselines: map[int64]baseline{}}
}

// IsOf tells whether epics were looked up in a unit and at a moment.
func (e *Epics) IsOf(w TeamWork, at time.Time) bool { return e.at.Equal(at) && e.unit.Unit == w.Unit }

// epicsAt returns what its inquiry holds of epics at a moment, something empty where the inquiry is of another one.
func (w TeamWork) epicsAt(at time.Time) *Epics {
	if w.Known != nil && w.Known.at.Equal(at) {
		return w.Known
	}
	return LookUpEpics(w, at)
}

// IssuesOf lists what the issues of an epic count for, in a steady order.
func (e *Epics) IssuesOf(epic int64) []Issue {
	counted, known := e.counted[epic]
	if !known {
		for id, b := range e.unit.Team.Index.IssuesOfEpic(epic, e.at) {
			if e.unit.countsAt(id, e.at) {
				counted = append(counted, e.unit.scopeIssueAt(epic, id, b, e.at))
			}
		}
		e.counted[epic] = counted
	}
	return counted
}

// baselineOf is growthBaseline at the moment.
func (e *Epics) baselineOf(epic int64) (time.Time, bool) {
	found, known := e.baselines[epic]
	if !known {
		found.at, found.known = growthBaseline(e.unit.Team.Roadmap, epic, e.at)
		e.baselines[epic] = found
	}
	return found.at, found.known
}

// begunAt returns the start of the first issue of an epic, zero where none was begun.
func (e *Epics) begunAt(epic int64) time.Time {
	first, known := e.begun[epic]
	if !known {
		for id := range e.unit.Team.Index.IssuesOfEpic(epic, e.at) {
			start := e.unit.Team.Index.Histories.Of(id).StartedBy(e.at)
			if !start.IsZero() && (first.IsZero() || start.Before(first)) {
				first = start
			}
		}
		e.begun[epic] = first
	}
	return first
}

// Order orders epics as they are taken: those begun by the start of their first issue, then the others by key.
func (e *Epics) Order(epics []int64) []int64 {
	x := e.unit.Team.Index
	sorted := slices.Clone(epics)
	sorting.By(sorted, func(a, b int64) int {
		first, second := e.begunAt(a), e.begunAt(b)
		switch {
		case first.IsZero() != second.IsZero():
			if second.IsZero() {
				return -1
			}
			return 1
		case !first.Equal(second):
			return first.Compare(second)
		}
		return naming.CompareKeys(x.Key(a), x.Key(b))
	})
	return sorted
}
