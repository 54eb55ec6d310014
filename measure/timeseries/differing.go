package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// differing are the issues of which an index holds something else than a memory was made of, in ascending order.
type differing struct {
	ids              []int64
	bySprint, byEpic map[int64][]int64 // that were ever in a sprint or an epic, by the index or the memory
	renewed          map[int64]bool    // epics that are made anew: they differ, or sub-tasks of their issues may
	impeding         []time.Time       // see momentsOfImpediments
}

func newDiffering(x *index.Index, former memory, ids []int64) differing {
	d := differing{ids: ids, bySprint: map[int64][]int64{}, byEpic: map[int64][]int64{}, renewed: map[int64]bool{}}
	for _, id := range ids {
		d.renewed[id] = true
		for _, history := range []index.StateHistory{former.histories.Of(id), x.Histories.Of(id)} {
			sprints, epics := history.SprintsAndEpics()
			addTo(d.bySprint, sprints, id)
			addTo(d.byEpic, epics, id)
		}
		if x.Unit == agile.Seconds { // an estimated sub-task makes its parent estimated
			d.renewEpicsOf(x, former, id)
		}
	}
	return d
}

// addTo enters an id into some lists of a map, where it is not the last one of them yet.
func addTo(lists map[int64][]int64, keys []int64, id int64) {
	for _, key := range keys {
		if n := len(lists[key]); n == 0 || lists[key][n-1] != id {
			lists[key] = append(lists[key], id)
		}
	}
}

// renewEpicsOf notes that the epics of an issue, and those of its parents, are made anew.
func (d *differing) renewEpicsOf(x *index.Index, former memory, id int64) {
	ids := []int64{id}
	for _, i := range []*agile.Issue{former.issues.Of(id), x.Issues.Of(id)} {
		ids = append(ids, index.ParentsOf(i)...)
	}
	for _, one := range ids {
		for _, history := range []index.StateHistory{former.histories.Of(one), x.Histories.Of(one)} {
			_, epics := history.SprintsAndEpics()
			for _, epic := range epics {
				d.renewed[epic] = true
			}
		}
	}
}

// isAny tells whether any of some issues differs.
func (d *differing) isAny(ids []int64) bool {
	return slices.ContainsFunc(ids, func(id int64) bool {
		_, found := slices.BinarySearch(d.ids, id)
		return found
	})
}

// differOnlyAfter tells whether the histories of some issues were the same up to a moment, included.
func differOnlyAfter(m *maker, ids []int64, end time.Time) bool {
	for _, id := range ids {
		first, differ := m.former.histories.Of(id).DiffersSince(m.team.Index.Histories.Of(id))
		if differ && !first.After(end) {
			return false
		}
	}
	return true
}

// haveSameKeys tells whether some issues have the keys that they had, by which entries of a moment are sorted.
func haveSameKeys(m *maker, ids []int64) bool {
	return !slices.ContainsFunc(ids, func(id int64) bool {
		a, b := m.former.issues.Of(id), m.team.Index.Issues.Of(id)
		return a != b && (a == nil || b == nil || a.Key.Last() != b.Key.Last())
	})
}
