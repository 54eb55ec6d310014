package index

import (
	"slices"
	"time"

	"jerem/agile"
)

// Finish is work that was finished: what it counted for at that moment.
type Finish struct {
	Issue     int64
	At        time.Time
	Estimate  agile.Number // in the unit asked
	UnderEpic bool         // it belonged to an epic, known here or not
}

// CountsIn tells whether an issue of a level is work of its own in a unit.
func CountsIn(unit agile.Unit, level int) bool {
	return level == 0 || level < 0 && unit == agile.Seconds
}

// EstimateIn returns what an issue counts for in a unit while a snapshot holds.
func EstimateIn(unit agile.Unit, s Snapshot) agile.Number {
	if unit == agile.Issues {
		return agile.Number{Value: 1, Known: true}
	}
	return s.Estimate
}

// Finishes lists what the team finished up to a moment and is still done, in order of the finish.
func (x *Index) Finishes(unit agile.Unit, at time.Time) []Finish {
	var done []Finish
	for _, i := range x.History.Issues {
		if f, ok := finishOf(x, i, unit, at); ok {
			done = append(done, f)
		}
	}
	slices.SortStableFunc(done, func(a, b Finish) int { return a.At.Compare(b.At) })
	return done
}

// finishOf returns the finish of an issue that is done at a moment.
func finishOf(x *Index, i *agile.Issue, unit agile.Unit, at time.Time) (Finish, bool) {
	history := x.Histories[i.ID]
	now, ok := history.At(at)
	if !ok || now.State != Done || !now.InScope || !CountsIn(unit, x.Level(i.Type.At(at))) {
		return Finish{}, false
	}
	s, ok := history.lastFinish(at)
	if !ok {
		return Finish{}, false
	}
	return Finish{Issue: i.ID, At: s.At, Estimate: EstimateIn(unit, s), UnderEpic: x.isUnderEpic(i, s)}, true
}

// isUnderEpic tells whether an issue belongs to an epic at a checkpoint, be it one that is not known here: the older
// link of an issue names the epic of another team by its key.
func (x *Index) isUnderEpic(i *agile.Issue, s Snapshot) bool {
	switch parent := x.IssueAt(i, Checkpoint{At: s.At, Order: s.Order}).Parent(); {
	case s.Epic != 0 || !s.Counts:
		return s.Epic != 0
	case parent != nil:
		return parent.EpicLink.AtOrder(s.At, s.Order) != ""
	}
	return i.EpicLink.AtOrder(s.At, s.Order) != ""
}
