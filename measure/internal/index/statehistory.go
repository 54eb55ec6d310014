package index

import (
	"math"
	"slices"
	"sort"
	"time"

	"jerem/agile"
	"jerem/measure/internal/workstate"
)

// StateHistory is what an issue was from each of its changes to the next, in their order; the first snapshot is that of
// its creation. Several changes of one moment count as one in what follows from them: the last one tells.
type StateHistory []Snapshot

// At returns the snapshot that holds at a moment, every change at it included; false before the creation.
func (h StateHistory) At(at time.Time) (Snapshot, bool) {
	n := h.PlaceAt(at)
	if n < 0 {
		return Snapshot{}, false
	}
	return h[n], true
}

// PlaceAt returns the place of the snapshot that holds at a moment, -1 before the creation. The last one of all is
// looked at first: most questions are about the present.
func (h StateHistory) PlaceAt(at time.Time) int {
	last, tick := len(h)-1, agile.MomentOf(at)
	if last < 0 || h[last].at <= tick {
		return last
	}
	return sort.Search(last, func(n int) bool { return h[n].at > tick }) - 1
}

// LastOfMoment tells whether no later change was made at the same moment as the n-th snapshot.
func (h StateHistory) LastOfMoment(n int) bool {
	return n+1 == len(h) || h[n+1].at != h[n].at
}

// StartedBy returns the first entry into doing up to a moment, zero for none.
func (h StateHistory) StartedBy(at time.Time) time.Time {
	for n, s := range h {
		if s.At().After(at) {
			break
		}
		if h.LastOfMoment(n) && s.State() == workstate.Doing {
			return s.At()
		}
	}
	return time.Time{}
}

// DoneSince returns the moment since which the issue is done, whatever it was created as; false while it is not.
func (h StateHistory) DoneSince(at time.Time) (time.Time, bool) {
	var since time.Time
	done := false
	for _, s := range h {
		if s.At().After(at) {
			break
		}
		if s.State() == workstate.Done && !done {
			since = s.At()
		}
		done = s.State() == workstate.Done
	}
	return since, done
}

// DoneThrough tells whether the issue was done at a moment and stayed so until another; where the first one lies ahead,
// whether it is done now.
func (h StateHistory) DoneThrough(from, to time.Time) bool {
	if from.After(to) {
		from = to
	}
	if s, ok := h.At(from); !ok || s.State() != workstate.Done {
		return false
	}
	for n, s := range h {
		if h.LastOfMoment(n) && s.At().After(from) && !s.At().After(to) && s.State() != workstate.Done {
			return false
		}
	}
	return true
}

// LastChange returns the moment of the last change up to a moment, in microseconds since 1970, of anything that counts
// of an issue, or maybe counted before an update: nothing of any state history differs between the two. It is the least
// number where nothing was changed yet.
func LastChange(x *Index, at time.Time) int64 { return x.changes.lastUpTo(x, at) }

// snapshotMoments appends the moments of the snapshots of an issue to others.
func snapshotMoments(x *Index, id int64, to []int64) []int64 {
	history := x.Histories.Of(id)
	for n := range history {
		if history.LastOfMoment(n) {
			to = append(to, history[n].At().UnixMicro())
		}
	}
	return to
}

// lastSnapshot returns the moment of the last snapshot of an issue up to a moment, both to the microsecond.
func lastSnapshot(x *Index, id int64, at time.Time) (int64, bool) {
	history, upTo := x.Histories.Of(id), at.UnixMicro()
	for n := len(history) - 1; n >= 0; n-- {
		if moment := history[n].At().UnixMicro(); moment <= upTo {
			return moment, true
		}
	}
	return 0, false
}

// Snapshot is what counts of an issue from one change to the next: where it belongs, how far it is and what it is
// estimated at. It is kept small, for a team has a million of them.
type Snapshot struct {
	Epic int64 // the epic it belongs to, 0 without and where it does not count

	sprints  *[]int64 // of a step of the Sprint field, which holds it in any case; nil where it counts in none
	estimate float64
	at       agile.Moment // zero before the creation
	order    int32
	state    uint8 // place among statesOfWork
	told     facts
}

// facts are what else is true of a snapshot, a bit each.
type facts uint8

const (
	estimateKnown facts = 1 << iota
	sprintChanged
	counts
	inScope
	inSprints
	stateKnown
)

// has tells whether a fact is among them.
func (f facts) has(one facts) bool { return f&one != 0 }

// where returns the facts with another one where it is true.
func (f facts) where(is bool, one facts) facts {
	if is {
		return f | one
	}
	return f
}

// statesOfWork are the states that a snapshot may tell.
var statesOfWork = [...]workstate.State{"", workstate.ToDo, workstate.Doing, workstate.Done}

// newSnapshot is a snapshot of a place in the order of an issue's changes, in a state.
func newSnapshot(place Checkpoint, state workstate.State) Snapshot {
	s := Snapshot{at: agile.MomentOf(place.At), order: int32(min(place.Order, math.MaxInt32)),
		state: uint8(slices.Index(statesOfWork[:], state))}
	s.told = s.told.where(place.SprintChanged, sprintChanged)
	return s
}

// Sprints are the sprints it is in, its parent's for a sub-task; none where it counts in none.
func (s Snapshot) Sprints() []int64 {
	if s.sprints == nil {
		return nil
	}
	return *s.sprints
}

// Estimate is what it is estimated at.
func (s Snapshot) Estimate() agile.Number {
	return agile.Number{Value: s.estimate, Known: s.told.has(estimateKnown)}
}

// SprintChanged tells whether this change is one of a Sprint field.
func (s Snapshot) SprintChanged() bool { return s.told.has(sprintChanged) }

// Counts tells whether its level counts in sprints and epics.
func (s Snapshot) Counts() bool { return s.told.has(counts) }

// InScope tells whether it is in the team's own scope: project and filter.
func (s Snapshot) InScope() bool { return s.told.has(inScope) }

// InSprints tells whether it counts in the team's sprints.
func (s Snapshot) InSprints() bool { return s.told.has(inSprints) }

// StateKnown tells whether a category is known for its status.
func (s Snapshot) StateKnown() bool { return s.told.has(stateKnown) }

// At is the moment of the change; zero before the creation.
func (s Snapshot) At() time.Time { return s.at.Time() }

// Order is the place of the change among those of its moment.
func (s Snapshot) Order() int { return int(s.order) }

// State is how far the issue is.
func (s Snapshot) State() workstate.State { return statesOfWork[s.state] }

// IsDone tells whether the issue is done.
func (s Snapshot) IsDone() bool { return s.State() == workstate.Done }

// Points returns what the issue counts for: nothing while it is unestimated.
func (s Snapshot) Points() float64 {
	if !s.told.has(estimateKnown) {
		return 0
	}
	return s.estimate
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

// SprintsAndEpics lists the sprints and epics that an issue was ever in.
func (h StateHistory) SprintsAndEpics() (sprints, epics []int64) {
	for _, b := range h {
		for _, sprint := range b.Sprints() {
			if !slices.Contains(sprints, sprint) {
				sprints = append(sprints, sprint)
			}
		}
		if b.Epic != 0 && !slices.Contains(epics, b.Epic) {
			epics = append(epics, b.Epic)
		}
	}
	return sprints, epics
}

func newChanges() *momentList { return &momentList{of: snapshotMoments, last: lastSnapshot} }
