package timeseries

import (
	"slices"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/series"
)

// This file goes on with the series of epics and quarters: where all that changed of their issues came after the last
// step of their work, the points before it stand, and are not made again. The steps that came are the next ones in the
// order in which all are added up from the beginning, so that their sums have the same noise.

// workEnd is how far the series of an epic or a quarter go.
type workEnd struct {
	at   time.Time        // of the last step, or change of labels
	epic roadmap.EpicWork // of an epic, since then, with the noise of its sums
	sums track.Work       // of a quarter, the same
	live int              // how many of the series of an epic go on: they stand last
}

// isBefore tells whether a moment comes later, and in another tick.
func (e workEnd) isBefore(at time.Time) bool { return series.Tick(at) > series.Tick(e.at) }

// continueEpic makes the series of an epic go on from known ones; false where they have to be made anew.
func (m *maker) continueEpic(known listMemory, epic int64) (listMemory, bool) {
	ids, end := joinIDs(m.differ.byEpic[epic], known.ahead), known.end
	if !differOnlyAfter(m, ids, end.at) || !haveSameLabels(m, ids, end.at) {
		return listMemory{}, false
	}
	ids = slices.DeleteFunc(ids, func(id int64) bool { return m.team.Index.Issues.Of(id) == nil })
	steps := epicChanges(m.team.Roadmap, epic, ids, m.now)
	steps = slices.DeleteFunc(steps, func(s epicStep) bool { return !s.at.After(end.at) }) // which stand
	if len(steps) > 0 && !end.isBefore(steps[0].at) {
		return listMemory{}, false
	}
	now := listMemory{list: slices.Clone(known.list), end: end, ahead: datedAhead(m, ids)}
	live := now.list[len(now.list)-end.live:]
	for n, s := range steps {
		now.end.at = s.at
		now.end.epic.Add(s.by)
		if n+1 == len(steps) || !steps[n+1].at.Equal(s.at) {
			values := valuesOfTracks(now.end.epic.Tidy())
			addValues(live, s.at, values[:tracksOfEpic(m.team.Roadmap)])
		}
	}
	return now, true
}

// haveSameLabels tells whether the labels of some issues were the same up to a moment, included.
func haveSameLabels(m *maker, ids []int64, end time.Time) bool {
	return !slices.ContainsFunc(ids, func(id int64) bool {
		was, now := m.former.issues.Of(id), m.team.Index.Issues.Of(id)
		return was != nil && now != nil && !index.LabelsDifferSince(was, now).After(end)
	})
}

// continueQuarter makes the series of a quarter go on from known ones; false where they have to be made anew.
func (m *maker) continueQuarter(known listMemory, s roadmap.QuarterSpan) (listMemory, bool) {
	lists := [][]int64{known.ahead}
	for _, epic := range known.epics {
		lists = append(lists, m.differ.byEpic[epic])
	}
	ids := joinIDs(lists...)
	if !known.over.IsZero() {
		return known, differOnlyAfter(m, ids, known.over)
	}
	if !differOnlyAfter(m, ids, known.end.at) {
		return listMemory{}, false
	}
	steps := m.team.Roadmap.StepsIn(s, ids, m.now)
	steps = slices.DeleteFunc(steps, func(c track.Change) bool { return !c.At.After(known.end.at) }) // which stand
	// the first step of all has a point of its own
	begun := !known.end.at.IsZero()
	if len(steps) > 0 && (!begun || !known.end.isBefore(steps[0].At) || !steps[0].At.After(known.begin)) {
		return listMemory{}, false
	}
	now := known
	now.list, now.ahead = slices.Clone(known.list), datedAhead(m, ids)
	for n, c := range steps {
		now.end.at = c.At
		now.end.sums = now.end.sums.Plus(c.By)
		if n+1 == len(steps) || !steps[n+1].At.Equal(c.At) {
			values := roadmap.ValuesOfTracks(now.end.sums)
			addValues(now.list, c.At, values[:])
		}
	}
	return now, true
}

// joinIDs returns the ids of some lists in ascending order, each once.
func joinIDs(lists ...[]int64) []int64 {
	ids := slices.Concat(lists...)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// addValues adds points to series that go on, where values change. The series come in sets of as many as the values
// are.
func addValues(list []series.Series, at time.Time, values []float64) {
	for n := range list {
		s, value := &list[n], values[n%len(values)]
		last := s.Points[len(s.Points)-1].Value
		if last.Number() == value {
			continue
		}
		s.Points = series.WithRoom(s.Points, 1)
		if last.IsDouble() {
			s.Add(at, series.Double(value))
		} else {
			s.Add(at, series.Long(int64(value)))
		}
	}
}
