package timeseries

import (
	"reflect"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/recall"
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
	labelled map[cutKey]labelledCut // of the tracks of closed sprints
}

// cutKey names the series of a part of a track: of the class, under the label of a sprint, in a stretch of time.
type cutKey struct {
	class, sprint string
	from, to      time.Time
	closing       bool
}

// labelledCut is such a series, with the points of the track that it was made of: it is the same while these stand
// where they stood.
type labelledCut struct {
	points []track.Point
	series series.Series
}

// sprintMemory are the tracks of the work in a sprint, and of its ledger.
type sprintMemory struct {
	closed       bool // else they go on, and are computed anew the next time
	version      agile.SprintVersion
	parts        []part // histories up to the end of the sprint
	work, ledger []track.Track
	impediments  []track.Track
}

// listMemory are the series of an epic or a quarter.
type listMemory struct {
	parts []part
	epics int       // of a quarter, how many of the parts are its epics, which stand first
	end   time.Time // of a quarter that is over
	list  []series.Series
}

// withListOf is a memory with the series of another one, which rest on the same: its parts stand where the present
// history has them, so that the histories of before are not held.
func (l listMemory) withListOf(known listMemory) listMemory {
	l.list = known.list
	return l
}

// part is an issue that something rests on; issue is nil where it is not known.
type part struct {
	id      int64
	issue   *agile.Issue
	history index.StateHistory
}

// newMaker begins to make the series of a team; former is the memory of an earlier moment, the zero one for none.
func newMaker(team *measure.Team, now time.Time, former memory) *maker {
	return &maker{team: team, now: now, former: former, made: memory{sprints: map[int64]sprintMemory{},
		epics: map[int64]listMemory{}, quarters: map[roadmap.QuarterName]listMemory{},
		labelled: map[cutKey]labelledCut{}}}
}

// newForgettingMaker begins to make the series of a team for who makes them once.
func newForgettingMaker(team *measure.Team, now time.Time) *maker {
	m := newMaker(team, now, memory{})
	m.forgets = true
	return m
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
	one := m.rememberedSprint(s)
	known := m.former.sprints[s.id]
	one.impediments = trackImpediments(m.team.Impediments, s.version, m.now)
	if one.closed && slices.EqualFunc(known.impediments, one.impediments, saysTheSame) {
		one.impediments = known.impediments
	}
	if !m.forgets {
		m.made.sprints[s.id] = one
	}
	return sprintTracks{closed: one.closed, work: slices.Concat(one.work, one.impediments), ledger: one.ledger}
}

// rememberedSprint returns the tracks of the work in a sprint and of its ledger, with what they rest on.
func (m *maker) rememberedSprint(s begunSprint) sprintMemory {
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
	return one
}

// seriesOfCut returns the series of a track, or of the part of it that cut returns, under the label of a sprint. Of a
// closed sprint it is remembered by a key.
func (m *maker) seriesOfCut(key cutKey, tr track.Track, closed bool, cut func() track.Track) series.Series {
	key.class = tr.Class
	known, ok := m.former.labelled[key]
	if !closed || m.forgets || !ok || !recall.SamePlace(known.points, tr.Points) {
		known = labelledCut{tr.Points, labelSprintTrack(m.team.Index, cut(), key.sprint)}
	}
	if closed && !m.forgets {
		m.made.labelled[key] = known
	}
	return known.series
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

// seriesOfQuarter returns the series of a quarter. Those of one that is over rest on its epics, and on what its issues
// were up to its end: what is changed later of an issue leaves them alone.
func (m *maker) seriesOfQuarter(s roadmap.QuarterSpan) []series.Series {
	r := m.team.Roadmap
	epics := m.partsOf(r.EpicsEverIn(s.Name))
	one := listMemory{epics: len(epics), parts: append(epics, m.partsOf(r.IssuesEverIn(s.Name))...)}
	same := isTheSame
	if !m.now.Before(s.To) {
		one.end, same = s.To, tellsTheSame
		for i := range one.parts {
			one.parts[i].history = historyUpTo(one.parts[i].history, s.To)
		}
	}
	known, ok := m.former.quarters[s.Name]
	if ok && known.end.Equal(one.end) && known.epics == one.epics &&
		slices.EqualFunc(known.parts[:one.epics], one.parts[:one.epics], isTheSame) &&
		slices.EqualFunc(known.parts[one.epics:], one.parts[one.epics:], same) {
		if !m.forgets {
			m.made.quarters[s.Name] = one.withListOf(known)
		}
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
		parts[n] = part{id, m.team.Index.Issues[id], m.team.Index.Histories[id]}
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
	return a.id == b.id && a.issue == b.issue && recall.SamePlace(a.history, b.history)
}

// tellsTheSame tells whether two parts tell the same of a sprint, whatever else changed of the issue.
func tellsTheSame(a, b part) bool {
	return a.id == b.id && hasSameKey(a.issue, b.issue) && (recall.SamePlace(a.history, b.history) ||
		len(a.history) == len(b.history) && reflect.DeepEqual(a.history, b.history))
}

// hasSameKey tells whether two issues have one key, by which entries of a moment are sorted.
func hasSameKey(a, b *agile.Issue) bool {
	return a == b || a != nil && b != nil && a.Key.Last() == b.Key.Last()
}

// saysTheSame tells whether two tracks have the same points.
func saysTheSame(a, b track.Track) bool {
	return a.Class == b.Class && a.End.Equal(b.End) && slices.EqualFunc(a.Points, b.Points,
		func(a, b track.Point) bool { return a.Value == b.Value && a.At.Equal(b.At) })
}
