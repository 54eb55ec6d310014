package index

import (
	"maps"
	"slices"
	"time"

	"jerem/measure/internal/difference"
	"jerem/measure/internal/recall"
)

// closedSprintsKept is how many values of closed sprints are kept: more than a team has sprints in ten years.
const closedSprintsKept = 512

func newClosedSprints() *recall.Memo { return &recall.Memo{Most: closedSprintsKept} }

// closedSprintKey names a value of a closed sprint, whose ledger runs from one moment to another, in microseconds since
// 1970.
type closedSprintKey struct {
	key                any
	sprint, start, end int64
}

// RecallClosed returns the value of a key of a closed sprint, computing it where it is not kept. A value rests on the
// memberships of the sprint, on what its issues and their sub-tasks were up to its end, on what of them has no moment,
// and on what an index shares with the one it goes on from; on no sprint, no gap and no time logged. An index that goes
// on takes it over unless one of these issues differs up to the end. Nobody changes a value. Of a sprint that is not
// closed it is computed each time.
func RecallClosed[V any](x *Index, s SprintSpan, key any, compute func() V) V {
	if !s.Closed {
		return compute()
	}
	return recall.Value(x.closed, closedSprintKey{key, s.ID, s.Start.UnixMicro(), s.End.UnixMicro()}, compute)
}

// carryClosedSprints takes over what was computed of closed sprints in which nothing differs up to their ends.
func (u *update) carryClosedSprints() {
	since := SprintsDifferSince(u.x, u.y, slices.Collect(maps.Keys(u.differ)))
	u.y.closed = u.x.closed.Kept(func(key any) bool {
		closed := key.(closedSprintKey)
		first, differs := since[closed.sprint]
		return !differs || first.UnixMicro() > closed.end
	})
}

// SprintsDifferSince returns, for each sprint that an issue was ever in which differs, or a parent of one, the first
// moment at which it may differ.
func SprintsDifferSince(x, y *Index, differ []int64) map[int64]time.Time {
	first := map[int64]time.Time{}
	for _, id := range differ {
		since := IssueDiffersSince(x, y, id)
		for _, one := range []*Index{x, y} {
			for _, member := range append(ParentsOf(one.Issues.Of(id)), id) {
				sprints, _ := one.Histories.Of(member).SprintsAndEpics()
				for _, sprint := range sprints {
					if known, is := first[sprint]; !is || since.Before(known) {
						first[sprint] = since
					}
				}
			}
		}
	}
	return first
}

// IssueDiffersSince returns the first moment at which an issue or its state history may differ in two indexes, the zero
// time where it differs in what has no moment, or is no more.
func IssueDiffersSince(x, y *Index, id int64) time.Time {
	was, now := x.Issues.Of(id), y.Issues.Of(id)
	switch {
	case now == nil:
		return time.Time{}
	case was == nil:
		return now.Created
	}
	since, dated := difference.Since(was, now)
	if !dated {
		return time.Time{}
	}
	if first, differ := x.Histories.Of(id).DiffersSince(y.Histories.Of(id)); differ && first.Before(since) {
		return first
	}
	return since
}

// DiffersSince returns the moment of the first snapshot that two state histories do not share; false where they are the
// same.
func (h StateHistory) DiffersSince(other StateHistory) (time.Time, bool) {
	n := 0
	for n < len(h) && n < len(other) && sameSnapshot(&h[n], &other[n]) {
		n++
	}
	switch {
	case n == len(h) && n == len(other):
		return time.Time{}, false
	case n == len(h) || n < len(other) && other[n].At().Before(h[n].At()):
		return other[n].At(), true
	}
	return h[n].At(), true
}

// sameSnapshot tells whether two snapshots tell the same.
func sameSnapshot(a, b *Snapshot) bool {
	return a.at == b.at && a.order == b.order && a.state == b.state && a.told == b.told && a.Epic == b.Epic &&
		a.estimate == b.estimate && slices.Equal(a.Sprints(), b.Sprints())
}
