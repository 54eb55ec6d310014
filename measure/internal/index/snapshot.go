package index

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/workstate"
)

// Snapshot is what counts of an issue from one change to the next: where it belongs, how far it is and what it is
// estimated at.
type Snapshot struct {
	At            time.Time
	Order         int
	Sprints       []int64 // the sprints it is in, its parent's for a sub-task; nil where it counts in none
	Epic          int64   // the epic it belongs to, 0 without and where it does not count
	SprintChanged bool    // this change is one of a Sprint field
	Counts        bool    // its level counts in sprints and epics
	InScope       bool    // it is in the team's own scope: project and filter
	InSprints     bool    // it counts in the team's sprints
	StateKnown    bool    // a category is known for its status
	State         workstate.State
	Estimate      agile.Number
}

// IsDone tells whether the issue is done.
func (s Snapshot) IsDone() bool { return s.State == workstate.Done }

// Points returns what the issue counts for: nothing while it is unestimated.
func (s Snapshot) Points() float64 {
	if !s.Estimate.Known {
		return 0
	}
	return s.Estimate.Value
}

// historyOf returns the state history of an issue.
func historyOf(x *Index, i *agile.Issue) StateHistory {
	checkpoints := x.Checkpoints(i)
	history := make(StateHistory, 0, len(checkpoints))
	for _, m := range checkpoints {
		history = append(history, x.IssueAt(i, m).Snapshot())
	}
	return history
}
