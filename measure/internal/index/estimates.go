package index

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
)

// Disjoint tells whether the change history of an issue does not join in one of some fields, or in that of its
// estimate.
func (t *Index) Disjoint(i *agile.Issue, fields []string) bool {
	estimate := 0
	if t.Unit != agile.Issues {
		estimate = i.Broken.In(t.History.Board.Estimate)
	}
	return i.Broken.In(fields...)+estimate > 0
}

// OutOfBounds tells whether an issue ever had an estimate that is no number or too large to be added up.
func (t *Index) OutOfBounds(i *agile.Issue) bool {
	return t.Unit != agile.Issues && slices.ContainsFunc(i.Numbers[t.History.Board.Estimate], func(s agile.Step[agile.Number]) bool {
		return s.Value.Known && !amount.Within(s.Value.Value)
	})
}

// Unestimated tells whether an issue has no estimate, nor a sub-task that has one.
func (t *Index) Unestimated(id int64, b Snapshot, at time.Time) bool {
	if t.Unit == agile.Issues || b.Estimate.Known {
		return false
	}
	return t.Unit != agile.Seconds || !slices.ContainsFunc(t.Children[id], func(child int64) bool {
		c := t.Issues[child]
		return c.Parent.At(at) == id && t.Level(c.Type.At(at)) < 0 && amount.Counted(c.Numbers[t.History.Board.Estimate].At(at)).Known
	})
}

// DependencyLabel marks work that waits for another team, in any case.
const DependencyLabel = "dependency"
