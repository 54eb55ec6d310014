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
	last := len(h) - 1
	if last < 0 || !h[last].At.After(at) {
		return last
	}
	return sort.Search(last, func(n int) bool { return h[n].At.After(at) }) - 1
}

// LastOfMoment tells whether no later change was made at the same moment as the n-th snapshot.
func (h StateHistory) LastOfMoment(n int) bool {
	return n+1 == len(h) || !h[n+1].At.Equal(h[n].At)
}

// StartedBy returns the first entry into doing up to a moment, zero for none.
func (h StateHistory) StartedBy(at time.Time) time.Time {
	for n, s := range h {
		if s.At.After(at) {
			break
		}
		if h.LastOfMoment(n) && s.State == workstate.Doing {
			return s.At
		}
	}
	return time.Time{}
}

// DoneSince returns the moment since which the issue is done, whatever it was created as; false while it is not.
func (h StateHistory) DoneSince(at time.Time) (time.Time, bool) {
	var since time.Time
	done := false
	for _, s := range h {
		if s.At.After(at) {
			break
		}
		if s.State == workstate.Done && !done {
			since = s.At
		}
		done = s.State == workstate.Done
	}
	return since, done
}

// DoneThrough tells whether the issue was done at a moment and stayed so until another; where the first one lies ahead,
// whether it is done now.
func (h StateHistory) DoneThrough(from, to time.Time) bool {
	if from.After(to) {
		from = to
	}
	if s, ok := h.At(from); !ok || s.State != workstate.Done {
		return false
	}
	for n, s := range h {
		if h.LastOfMoment(n) && s.At.After(from) && !s.At.After(to) && s.State != workstate.Done {
			return false
		}
	}
	return true
}

// changeMomentsKey names the moments of all snapshots of an index, and those of each issue.
type changeMomentsKey struct{}

// LastChange returns the moment of the last change up to a moment, in microseconds since 1970, of anything that counts
// of an issue: nothing of any state history differs between the two. It is the least number where nothing was changed
// yet.
func LastChange(x *Index, at time.Time) int64 {
	last, asked := int64(math.MinInt64), at.UnixMicro()
	for _, moment := range Recall(x, changeMomentsKey{}, func() []int64 { return listChangeMoments(x) }) {
		if moment <= asked {
			last = max(last, moment)
		}
	}
	return last
}

// listChangeMoments lists the moments of all snapshots, issue by issue.
func listChangeMoments(x *Index) []int64 {
	return slices.Concat(RecallEach(x, changeMomentsKey{}, func(i *agile.Issue) []int64 {
		history := x.Histories[i.ID]
		moments := make([]int64, len(history))
		for n := range history {
			moments[n] = history[n].At.UnixMicro()
		}
		return moments
	})...)
}
