package roadmap

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/naming"
	"jerem/sorting"
)

// Member is an epic in a quarter; carried says that it belongs to an earlier one too.
type Member struct {
	Issue   *agile.Issue
	Carried bool
}

// EpicsOf returns the epics that belong to a quarter at a moment, by key.
func (r *Roadmap) EpicsOf(q QuarterName, at time.Time) []Member {
	var out []Member
	for _, id := range r.Epics {
		i := r.Index.Issues.Of(id)
		if list := r.QuartersOf(i, at); slices.Contains(list, q) {
			out = append(out, Member{i, list[0].Compare(q) < 0})
		}
	}
	sorting.By(out, func(a, b Member) int { return naming.CompareKeys(a.Issue.Key.Last(), b.Issue.Key.Last()) })
	return out
}

// WorkIn sums up an epic in a quarter. One that is carried over leaves out what was done at the
// first moment of the quarter and still is; before the quarter, what is done now.
func (r *Roadmap) WorkIn(m Member, s QuarterSpan, at time.Time) EpicWork {
	return r.WorkOf(m.Issue.ID, at, func(id int64) bool { return r.Takes(m, s, id, at) })
}

// Takes tells whether a quarter counts an issue of one of its epics at a moment.
func (r *Roadmap) Takes(m Member, s QuarterSpan, id int64, at time.Time) bool {
	return !m.Carried || !r.Index.Histories.Of(id).DoneThrough(s.From, at)
}

// Sum returns total and done of a quarter at a moment.
func (r *Roadmap) Sum(s QuarterSpan, at time.Time) (total, done float64) {
	for _, m := range r.EpicsOf(s.Name, at) {
		w := r.WorkIn(m, s, at)
		total, done = total+w.Total, done+w.Done
	}
	return amount.Tidy(total), amount.Tidy(done)
}
