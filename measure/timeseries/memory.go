package timeseries

import (
	"reflect"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/series"
)

// memory is what was computed of a team, with all that it rests on: what rests on the same is not computed again. An
// index that took in changed issues shares the state histories of all others with the one before (see measure.Update),
// so that the same is told by where it stands in memory. What is dated ahead of the moment comes to be known by time
// alone, so what rests on it is not remembered. Once made a memory does not change.
type memory struct {
	sprints  map[int64]sprintMemory
	epics    map[int64]listMemory
	quarters map[roadmap.QuarterName]listMemory
}

// sprintMemory are the tracks of the work in a sprint, and of its ledger.
type sprintMemory struct {
	closed       bool // else they go on, and are computed anew the next time
	version      agile.SprintVersion
	parts        []part // histories up to the end of the sprint
	work, ledger []track.Track
}

// listMemory are the series of an epic or a quarter.
type listMemory struct {
	parts []part
	end   time.Time // of a quarter that is over
	list  []series.Series
}

// part is an issue that something rests on.
type part struct {
	id      int64
	issue   *agile.Issue
	key     string // by which entries of a moment are sorted
	history index.StateHistory
}

// newMaker begins to make the series of a team; former is the memory of an earlier moment, the zero one for none.
func newMaker(team *measure.Team, now time.Time, former memory) *maker {
	return &maker{team: team, now: now, former: former, made: memory{sprints: map[int64]sprintMemory{},
		epics: map[int64]listMemory{}, quarters: map[roadmap.QuarterName]listMemory{}}}
}

// maker makes the series of a team as of a moment.
type maker struct {
	team   *measure.Team
	now    time.Time
	former memory
	made   memory

	forgets bool // nothing is kept of what was made
}

// tracksOf returns the tracks of a sprint.
func (m *maker) tracksOf(s begunSprint) sprintTracks {
	work, ledger := m.tracksOfWork(s)
	return sprintTracks{slices.Concat(work, trackImpediments(m.team.Impediments, s.version, m.now)), ledger}
}

// tracksOfWork returns the tracks of the work in a sprint and of its ledger.
func (m *maker) tracksOfWork(s begunSprint) (work, ledger []track.Track) {
	one := sprintMemory{closed: s.version.ClosedBy(m.now), version: s.version}
	if one.closed { // what is dated ahead lies after its end
		one.parts = m.partsOf(m.team.Index.SprintIssues[s.id])
		for i := range one.parts {
			one.parts[i].history = historyUpTo(one.parts[i].history, s.version.Completed())
		}
	}
	known := m.former.sprints[s.id]
	if one.closed && known.closed && known.version == s.version &&
		slices.EqualFunc(known.parts, one.parts, tellsTheSame) {
		one.work, one.ledger = known.work, known.ledger
	} else {
		one.work = trackWork(m.team.Index, s.id, s.version, m.now)
		one.ledger = trackLedger(m.team.Index, s.id, s.version, m.now)
	}
	if !m.forgets {
		m.made.sprints[s.id] = one
	}
	return one.work, one.ledger
}

// seriesOfEpic returns the series of an epic.
func (m *maker) seriesOfEpic(id int64) []series.Series {
	one := listMemory{parts: m.partsOf(m.epicRestsOn(id))}
	if known, ok := m.former.epics[id]; ok && slices.EqualFunc(known.parts, one.parts, isTheSame) {
		m.made.epics[id] = known
		return known.list
	}
	one.list = seriesOfEpic(m.team.Roadmap, m.team.Index.Issues[id], m.now)
	if !m.forgets && !slices.ContainsFunc(one.parts, m.isDatedAhead) {
		m.made.epics[id] = one
	}
	return one.list
}

// epicRestsOn lists an epic, the issues that ever belonged to it and, where times are estimated, their children: an
// estimated sub-task makes its parent estimated. Most sub-tasks are in the epic of their parent, but not one whose own
// type or parent was another while the parent belonged to the epic.
func (m *maker) epicRestsOn(id int64) []int64 {
	x := m.team.Index
	ids := append([]int64{id}, x.EpicIssues[id]...)
	if x.Unit == agile.Seconds {
		for _, one := range x.EpicIssues[id] {
			ids = append(ids, x.Children[one]...)
		}
	}
	return ids
}

// isDatedAhead tells whether a part holds something that is not known yet.
func (m *maker) isDatedAhead(p part) bool {
	ahead := len(p.history) > 0 && p.history[len(p.history)-1].At.After(m.now)
	put := func(at time.Time) { ahead = ahead || at.After(m.now) }
	if i := p.issue; i != nil {
		moments.EachChange(i.Key, put)
		moments.EachChange(i.Summary, put)
		moments.EachChange(i.Labels, put)
		moments.EachChange(i.Project, put)
		moments.EachChange(i.Type, put)
		moments.EachChange(i.Parent, put)
		moments.EachChange(m.team.Roadmap.MarksOf(i), put)
		for _, numbers := range i.Numbers.All() {
			moments.EachChange(numbers, put)
		}
	}
	return ahead
}

// seriesOfQuarter returns the series of a quarter.
func (m *maker) seriesOfQuarter(s roadmap.QuarterSpan) []series.Series {
	one := listMemory{parts: m.partsOf(m.team.Roadmap.RestsOn(s.Name))}
	if !m.now.Before(s.To) {
		one.end = s.To
	}
	known, ok := m.former.quarters[s.Name]
	if ok && known.end.Equal(one.end) && slices.EqualFunc(known.parts, one.parts, isTheSame) {
		m.made.quarters[s.Name] = known
		return known.list
	}
	one.list = seriesOfQuarter(m.team.Roadmap, s, m.now)
	if !m.forgets && !slices.ContainsFunc(one.parts, m.isDatedAhead) {
		m.made.quarters[s.Name] = one
	}
	return one.list
}

func (m *maker) partsOf(ids []int64) []part {
	parts := make([]part, len(ids))
	for n, id := range ids {
		parts[n] = part{id, m.team.Index.Issues[id], m.team.Index.Key(id), m.team.Index.Histories[id]}
	}
	return parts
}

// historyUpTo returns the snapshots up to a moment, included.
func historyUpTo(h index.StateHistory, end time.Time) index.StateHistory {
	n := len(h)
	for n > 0 && h[n-1].At.After(end) {
		n--
	}
	return h[:n:n]
}

// isTheSame tells whether a part is the very same: the issue, and its history where it stands in memory.
func isTheSame(a, b part) bool {
	return a.id == b.id && a.issue == b.issue && a.key == b.key && standsAlike(a.history, b.history)
}

// tellsTheSame tells whether two parts tell the same of a sprint, whatever else changed of the issue.
func tellsTheSame(a, b part) bool {
	return a.id == b.id && a.key == b.key && (standsAlike(a.history, b.history) ||
		len(a.history) == len(b.history) && reflect.DeepEqual(a.history, b.history))
}

func standsAlike(a, b index.StateHistory) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
