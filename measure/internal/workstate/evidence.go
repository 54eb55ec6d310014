package workstate

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
)

// atOnce is the time within which what Jira tells beside the history is of the creation, or of a change, itself.
const atOnce = 2 * time.Second

// WithEvidence returns a history in which work that is done without any change into done is done only since the
// moment that Jira tells beside the history: it sees what no change tells. Before it stands the first to-do status of
// the board. What was created done, or has no such evidence, stays done since its creation. The given history stays
// as it is.
func WithEvidence(h *agile.History) *agile.History {
	e := NewEvidence(h, NewClassifier(h))
	out := *h
	shared := true
	for n, i := range h.Issues {
		now := e.ApplyTo(i)
		if now == i {
			continue
		}
		if shared {
			out.Issues, shared = slices.Clone(h.Issues), false
		}
		out.Issues[n] = now
	}
	return &out
}

// Evidence dates finishes that no change tells.
type Evidence struct {
	history *agile.History
	states  *Classifier
	todo    *string // the status before such a finish; nil until one is found
}

// NewEvidence returns what dates the finishes of a history.
func NewEvidence(h *agile.History, states *Classifier) *Evidence {
	return &Evidence{history: h, states: states}
}

// ApplyTo returns an issue as the history with evidence has it: itself where there is none.
func (e *Evidence) ApplyTo(i *agile.Issue) *agile.Issue {
	at := finishEvidence(i)
	if at.IsZero() || !doneThroughout(i, e.states) {
		return i
	}
	if e.todo == nil {
		first := firstToDo(e.history, e.states)
		e.todo = &first
	}
	return finishedAt(i, at, *e.todo)
}

// finishEvidence returns when an issue that is done was finished at the earliest guess of Jira itself, zero where it
// tells nothing, or the creation: a date counts where it lies between the creation and the first change of the status.
// One of that change itself tells of no other finish: from what it went on was done before, as the history says.
func finishEvidence(i *agile.Issue) time.Time {
	next := i.Updated.Time().Add(1)
	if n := firstChange(i.Status); n < len(i.Status) {
		next = i.Status[n].From.Time().Add(-atOnce)
	}
	for _, at := range []time.Time{i.Resolved.Time(), i.Recategorized.Time()} {
		if at.IsZero() || at.Before(i.Created) || !at.Before(next) {
			continue
		}
		if at.Sub(i.Created) <= atOnce {
			return time.Time{}
		}
		return at
	}
	return time.Time{}
}

// firstChange returns the place of the first step after the creation.
func firstChange[T any](tl agile.Timeline[T]) int {
	n := 0
	for n < len(tl) && !tl[n].From.After(tl[0].From.Time()) {
		n++
	}
	return n
}

// doneThroughout tells whether an issue is done at every moment of its past.
func doneThroughout(i *agile.Issue, states *Classifier) bool {
	done := func(at time.Time, order int) bool {
		state, _ := states.StateOf(i.Status.AtOrder(at, order), i.Resolution.AtOrder(at, order))
		return state == Done
	}
	for _, s := range i.Status {
		if !done(s.From.Time(), s.Order) {
			return false
		}
	}
	for _, s := range i.Resolution {
		if !done(s.From.Time(), s.Order) {
			return false
		}
	}
	return len(i.Status) > 0
}

// finishedAt returns an issue that is done only since a moment, and in another status before.
func finishedAt(i *agile.Issue, at time.Time, before string) *agile.Issue {
	out := *i
	n := firstChange(i.Status)
	out.Status = append(agile.Timeline[string]{
		{From: i.Status[0].From, Value: before},
		{From: agile.MomentOf(at), Value: i.Status[n-1].Value},
	}, i.Status[n:]...)
	out.Broken = maps.Clone(i.Broken)
	if out.Broken == nil {
		out.Broken = agile.Joints{}
	}
	out.Broken[agile.FieldStatus]++
	return &out
}

// firstToDo returns the first to-do status of the board's first column that has one; without a board, or where none of
// its columns has one, the to-do status of the lowest id; "" where there is none at all.
func firstToDo(h *agile.History, states *Classifier) string {
	isToDo := func(id string) bool {
		state, _ := states.StateOf(id, "")
		return state == ToDo
	}
	if h.Board != nil {
		for _, column := range h.Board.Columns {
			if n := slices.IndexFunc(column.Statuses, isToDo); n >= 0 {
				return column.Statuses[n]
			}
		}
	}
	first := ""
	for id := range h.Statuses {
		if isToDo(id) && (first == "" || lowerID(id, first)) {
			first = id
		}
	}
	return first
}
