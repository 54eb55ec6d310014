package index

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
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
	parent := a.index.Issues.Of(a.issue.Parent.AtOrder(a.place.At, a.place.Order))
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
	if held := a.heldSprints(); held != nil {
		return *held
	}
	return nil
}

// heldSprints is [IssueAt.Sprints] where the Sprint field holds them, nil before it tells any.
func (a IssueAt) heldSprints() *[]int64 {
	if parent := a.Parent(); parent != nil {
		return parent.Sprints.HeldAt(a.place.At)
	}
	return a.issue.Sprints.HeldAtOrder(a.place.At, a.place.Order)
}

// InScope tells whether the issue is in the team's own scope: see [Index.InScope].
func (a IssueAt) InScope() bool {
	h := a.index.History
	if a.issue.Project.AtOrder(a.place.At, a.place.Order) != h.ProjectID ||
		h.Matches != nil && !h.Matches[a.issue.ID] {
		return false
	}
	return h.Team.Works == "" || h.Team.HasWork(a.WorkingTeam())
}

// WorkingTeam returns the value of the Team field, by name and id; none where it had none. A sub-task has its parent's
// while it has none of its own: Jira hands it down.
func (a IssueAt) WorkingTeam() []string {
	if own := a.issue.Options.Of(agile.FieldTeam).AtOrder(a.place.At, a.place.Order); len(own) > 0 {
		return own
	}
	if parent := a.Parent(); parent != nil {
		return parent.Options.Of(agile.FieldTeam).At(a.place.At)
	}
	return nil
}

// Snapshot evaluates what counts of the issue.
func (a IssueAt) Snapshot() Snapshot {
	x, i, at, order := a.index, a.issue, a.place.At, a.place.Order
	state, known := x.StateOf(i.Status.AtOrder(at, order), i.Resolution.AtOrder(at, order))
	s := newSnapshot(a.place, state)
	level, inside := x.Level(i.Type.AtOrder(at, order)), a.InScope()
	estimate := agile.Number{Value: 1, Known: true}
	if x.Unit != agile.Issues {
		estimate = CountedEstimate(i.Numbers.Of(x.History.Board.Estimate).AtOrder(at, order))
	}
	s.estimate = estimate.Value
	s.told = s.told.where(known, stateKnown).where(estimate.Known, estimateKnown).
		where(level == 0 || level < 0 && x.Unit == agile.Seconds, counts).where(inside, inScope).
		where(inside || x.History.Matches == nil && x.History.Team.Works == "", inSprints)
	if s.Counts() {
		s.sprints, s.Epic = a.heldSprints(), a.Epic()
	}
	return s
}

// InScope tells whether an issue is in the team's own scope at a moment: in its project, among those that match its
// filter, and the team's by the Team field where that is configured.
func (x *Index) InScope(i *agile.Issue, at time.Time) bool {
	return x.IssueAt(i, Checkpoint{At: at, Order: AfterAll}).InScope()
}

// ProjectKey returns the key of the project that an issue stood in at a moment, as its own key tells it; false where it
// had the same key in another project.
func ProjectKey(i *agile.Issue, at time.Time) (key string, known bool) {
	project, whole := i.Project.At(at), i.Key.At(at)
	kept := slices.ContainsFunc(i.Project, func(s agile.Step[string]) bool {
		return s.Value != project && i.Key.At(s.From.Time()) == whole
	})
	n := strings.LastIndexByte(whole, '-')
	if n < 0 || kept {
		return "", false
	}
	return whole[:n], true
}

// IssuesOfEpic yields the issues that belong to an epic at a moment, with what counts of them then.
func (x *Index) IssuesOfEpic(epic int64, at time.Time) iter.Seq2[int64, Snapshot] {
	return func(yield func(int64, Snapshot) bool) {
		for _, id := range x.EpicIssues.Of(epic) {
			if s, _ := x.Histories.Of(id).At(at); s.Epic == epic && !yield(id, s) {
				return
			}
		}
	}
}

// EpicOf returns the epic of an issue: the parent at epic level wins, then the older link. The parent of an issue of
// the standard level is its epic where that is not read, as in a project of another team: the issue tells its key.
func (x *Index) EpicOf(i *agile.Issue, parent int64, link string, at time.Time) int64 {
	p, read := x.Issues.Get(parent)
	if read && x.Level(p.Type.At(at)) == 1 {
		return parent
	}
	key, _ := i.Relatives.Of(parent)
	if link == "" && !read && parent != 0 && key != "" && x.Level(i.Type.At(at)) == 0 {
		return parent
	}
	if link == "" {
		return 0
	}
	if id, ok := x.keys.Of(strings.ToLower(link)); ok {
		return id
	}
	id, _ := strconv.ParseInt(link, 10, 64)
	return id
}

// BelongsToTeam tells whether an issue is one that figures of the team are made from at any time: it was ever in the
// team's scope, in one of its sprints or in one of its epics, or it is the parent or a sub-task of such an issue.
// Others are read only since an epic of another team holds an issue of this one: their own team tells of them, for
// whoever may see that.
func BelongsToTeam(x *Index, i *agile.Issue) bool {
	if countsForTeam(x, i) {
		return true
	}
	wasSubtask := func(child *agile.Issue) bool {
		return slices.ContainsFunc(child.Type, func(s agile.Step[string]) bool { return x.Level(s.Value) < 0 })
	}
	if wasSubtask(i) && slices.ContainsFunc(ParentsOf(i), func(id int64) bool {
		parent := x.Issues.Of(id)
		return parent != nil && countsForTeam(x, parent)
	}) {
		return true
	}
	return slices.ContainsFunc(x.Children.Of(i.ID), func(id int64) bool {
		child := x.Issues.Of(id)
		return child != nil && wasSubtask(child) && countsForTeam(x, child)
	})
}

// countsForTeam tells whether an issue itself was ever in the team's scope, in one of its sprints or in one of its
// epics.
func countsForTeam(x *Index, i *agile.Issue) bool {
	if wasInScope(x, i) {
		return true
	}
	sprints, epics := x.Histories.Of(i.ID).SprintsAndEpics()
	if x.History.Matches == nil && x.History.Team.Works == "" && slices.ContainsFunc(sprints, func(id int64) bool {
		return slices.ContainsFunc(x.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	}) {
		return true
	}
	return slices.ContainsFunc(epics, func(id int64) bool {
		epic := x.Issues.Of(id)
		return epic != nil && wasInScope(x, epic)
	})
}

// wasInScope tells whether an issue was ever in the team's own scope.
func wasInScope(x *Index, i *agile.Issue) bool {
	return slices.ContainsFunc(x.Histories.Of(i.ID), func(b Snapshot) bool { return b.InScope() })
}

// CountedEstimate returns an estimate as it counts in every figure: in whole millionths, and absent where it is out of
// all bounds.
func CountedEstimate(n agile.Number) agile.Number {
	if !n.Known || !amount.Within(n.Value) {
		return agile.Number{}
	}
	return agile.Number{Value: amount.Tidy(n.Value), Known: true}
}
