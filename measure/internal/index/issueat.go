package index

import (
	"jerem/agile"
)

// IssueAt is an issue at a checkpoint: what its own fields and those of its relatives were there.
type IssueAt struct {
	index *Index
	issue *agile.Issue
	place Checkpoint
}

// IssueAt returns an issue at a checkpoint.
func (x *Index) IssueAt(i *agile.Issue, place Checkpoint) IssueAt { return IssueAt{x, i, place} }

// Parent returns the parent of a sub-task; nil for another issue, and where the parent is empty, not read or not
// created yet.
func (a IssueAt) Parent() *agile.Issue {
	if a.index.Level(a.issue.Type.AtOrder(a.place.At, a.place.Order)) >= 0 {
		return nil
	}
	parent := a.index.Issues[a.issue.Parent.AtOrder(a.place.At, a.place.Order)]
	if parent == nil || parent.Created.After(a.place.At) {
		return nil
	}
	return parent
}

// Epic returns the epic of the issue, that of its parent for a sub-task; 0 without one.
func (a IssueAt) Epic() int64 {
	at, order := a.place.At, a.place.Order
	if parent := a.Parent(); parent != nil {
		return a.index.EpicOf(parent, parent.Parent.At(at), parent.EpicLink.At(at), at)
	}
	return a.index.EpicOf(a.issue, a.issue.Parent.AtOrder(at, order), a.issue.EpicLink.AtOrder(at, order), at)
}

// Sprints returns the sprints that the issue is in. A sub-task is in its parent's: what Jira copies into its own field
// has no history, and depends on when it was read.
func (a IssueAt) Sprints() []int64 {
	if parent := a.Parent(); parent != nil {
		return parent.Sprints.At(a.place.At)
	}
	return a.issue.Sprints.AtOrder(a.place.At, a.place.Order)
}

// Snapshot evaluates what counts of the issue.
func (a IssueAt) Snapshot() Snapshot {
	x, i, at, order := a.index, a.issue, a.place.At, a.place.Order
	s := Snapshot{At: at, Order: order, SprintChanged: a.place.SprintChanged}
	level := x.Level(i.Type.AtOrder(at, order))
	s.Counts = level == 0 || level < 0 && x.Unit == agile.Seconds
	s.InScope = x.InScopeAt(i, a.place)
	s.InSprints = s.InScope || x.History.Matches == nil && x.History.Team.Works == ""
	s.State, s.StateKnown = x.StateOf(i.Status.AtOrder(at, order), i.Resolution.AtOrder(at, order))
	s.Estimate = agile.Number{Value: 1, Known: true}
	if x.Unit != agile.Issues {
		s.Estimate = CountedEstimate(i.Numbers.Of(x.History.Board.Estimate).AtOrder(at, order))
	}
	if !s.Counts {
		return s
	}
	s.Sprints, s.Epic = a.Sprints(), a.Epic()
	return s
}
