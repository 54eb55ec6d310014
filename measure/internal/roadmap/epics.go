package roadmap

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
)

// EndOfFirstDay returns the last instant of the first working day of a quarter.
func (t *Roadmap) EndOfFirstDay(s QuarterSpan) time.Time {
	d := s.First
	for !s.Last.Before(d) && !t.Index.History.Team.Calendar.Working(d) {
		d = d.Add(1)
	}
	return d.Add(1).Midnight(t.Index.History.Team.Calendar.Zone).Add(-Instant)
}

// Member is an epic in a quarter; carried says that it belongs to an earlier one too.
type Member struct {
	Issue   *agile.Issue
	Carried bool
}

// EpicsOf returns the epics that belong to a quarter at a moment, by key.
func (t *Roadmap) EpicsOf(q QuarterName, at time.Time) []Member {
	var out []Member
	for _, id := range t.Epics {
		i := t.Index.Issues[id]
		if list := t.QuartersOf(i, at); slices.Contains(list, q) {
			out = append(out, Member{i, list[0].Compare(q) < 0})
		}
	}
	slices.SortFunc(out, func(a, b Member) int { return index.CompareKeys(a.Issue.Key.Last(), b.Issue.Key.Last()) })
	return out
}

// WorkIn sums up an epic in a quarter. One that is carried over leaves out what was done at the
// first moment of the quarter and still is; before the quarter, what is done now.
func (t *Roadmap) WorkIn(m Member, s QuarterSpan, at time.Time) EpicWork {
	return t.WorkOf(m.Issue.ID, at, func(id int64) bool { return t.Takes(m, s, id, at) })
}

// Takes tells whether a quarter counts an issue of one of its epics at a moment.
func (t *Roadmap) Takes(m Member, s QuarterSpan, id int64, at time.Time) bool {
	return !m.Carried || !t.Index.Histories[id].DoneThrough(s.From, at)
}

// Sum returns total and done of a quarter at a moment.
func (t *Roadmap) Sum(s QuarterSpan, at time.Time) (total, done float64) {
	for _, m := range t.EpicsOf(s.Name, at) {
		w := t.WorkIn(m, s, at)
		total, done = total+w.Total, done+w.Done
	}
	return amount.Tidy(total), amount.Tidy(done)
}
