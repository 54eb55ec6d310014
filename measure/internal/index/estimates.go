package index

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
)

// Disjoint tells whether the change history of an issue does not join in one of some fields, or in that of its
// estimate.
func (x *Index) Disjoint(i *agile.Issue, fields []string) bool {
	estimate := 0
	if x.Unit != agile.Issues {
		estimate = i.Broken.In(x.History.Board.Estimate)
	}
	return i.Broken.In(fields...)+estimate > 0
}

// OutOfBounds tells whether an issue ever had an estimate that is no number or too large to be added up.
func (x *Index) OutOfBounds(i *agile.Issue) bool {
	return x.Unit != agile.Issues && slices.ContainsFunc(i.Numbers[x.History.Board.Estimate],
		func(s agile.Step[agile.Number]) bool {
			return s.Value.Known && !amount.Within(s.Value.Value)
		})
}

// Unestimated tells whether an issue has no estimate, nor a sub-task that has one.
func (x *Index) Unestimated(id int64, b Snapshot, at time.Time) bool {
	if x.Unit == agile.Issues || b.Estimate.Known {
		return false
	}
	return x.Unit != agile.Seconds || !slices.ContainsFunc(x.Children[id], func(child int64) bool {
		c := x.Issues[child]
		return c.Parent.At(at) == id && x.Level(c.Type.At(at)) < 0 &&
			amount.Counted(c.Numbers[x.History.Board.Estimate].At(at)).Known
	})
}
