package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/recall"
	"jerem/measure/internal/roadmap"
	"jerem/measure/timeseries/flowseries"
	"jerem/measure/timeseries/sprinttrack"
	"jerem/series"
)

// memory is what was computed of a team: what rests on the same is not computed again. Which issues differ since is
// told by the index (see index.Index.DifferingFrom); what they were is looked up in what the memory was made of. What
// is dated ahead of the moment comes to be known by time alone: issues of which something is are counted again the next
// time, and what rests on an epic of which something is, is not remembered. Once made a memory does not change.
type memory struct {
	contents  index.Contents // of the index that it was made of
	issues    *byid.Map[*agile.Issue]
	histories *byid.Map[index.StateHistory]
	impeding  impedingWork

	sprints  map[int64]sprintMemory
	epics    map[int64]listMemory
	quarters map[roadmap.QuarterName]listMemory
	labelled map[cutKey]*labelledCut // of the tracks of closed sprints: entered anew each time, so each is small
}

// cutKey names the series of a part of a track: of the class, under the label of a sprint, in a stretch of time.
type cutKey struct {
	class, sprint string
	from, to      agile.Moment
	closing       bool
}

// labelledCut is such a series, with the points of the track that it was made of: it is the same while these stand
// where they stood.
type labelledCut struct {
	points []series.Point
	series series.Series
}

// sprintMemory are the tracks of the work in a sprint, and of its ledger.
type sprintMemory struct {
	closed       bool // else they go on, and are computed anew the next time
	version      agile.SprintVersion
	work, ledger []sprintTrack
	impediments  []sprintTrack
	impeded      []impededPart // that these rest on
	timeUnknown  bool          // when they were made
}

// listMemory are the series of an epic or a quarter.
type listMemory struct {
	list  []series.Series
	epics []int64   // of a quarter, those that ever carried its mark
	begin time.Time // of a quarter, its first moment of which something is known
	over  time.Time // the end of a quarter that is over
	end   workEnd   // of an epic, or of a quarter that is not over
	ahead []int64   // issues of which something is not known yet, of what an end is of, in ascending order
}

// newMaker begins to make the series of a team; former is the memory of an earlier moment, the zero one for none.
func newMaker(team *measure.Team, now time.Time, former memory) *maker {
	x := team.Index
	ids, goesOn := x.DifferingFrom(former.contents)
	if !goesOn {
		former = memory{}
	}
	m := &maker{team: team, now: now, former: former, flow: new(flowseries.Memory), made: memory{contents: x.Contents(),
		issues: x.Issues, histories: x.Histories, impeding: impedingWorkOf(team),
		sprints: map[int64]sprintMemory{}, epics: map[int64]listMemory{},
		quarters: map[roadmap.QuarterName]listMemory{}, labelled: make(map[cutKey]*labelledCut, len(former.labelled))}}
	m.differ = newDiffering(x, former, ids)
	m.differ.impeding = momentsOfImpediments(former, m.made, ids)
	return m
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
	differ differing // since the former memory
	flow   *flowseries.Memory

	forgets bool // nothing is kept of what was made
}

// tracksOf returns the tracks of a sprint.
func (m *maker) tracksOf(s begunSprint) sprintTracks {
	one := m.rememberedSprint(s)
	rememberImpediments(m, s, &one)
	if !m.forgets {
		m.made.sprints[s.id] = one
	}
	return sprintTracks{closed: one.closed, work: slices.Concat(one.work, one.impediments), ledger: one.ledger}
}

// rememberedSprint returns the tracks of the work in a sprint and of its ledger. What is dated ahead lies after the end
// of one that is closed, and so does what of an issue may have changed since.
func (m *maker) rememberedSprint(s begunSprint) sprintMemory {
	one := sprintMemory{closed: s.version.ClosedBy(m.now), version: s.version}
	known := m.former.sprints[s.id]
	if one.closed && known.closed && known.version == s.version &&
		haveSameKeys(m, m.differ.bySprint[s.id]) && differOnlyAfter(m, m.differ.bySprint[s.id], s.version.Completed()) {
		one.work, one.ledger = known.work, known.ledger
	} else {
		one.work = asPoints(sprinttrack.Work(m.team.Index, s.id, s.version, m.now))
		one.ledger = asPoints(sprinttrack.Ledger(m.team.Index, s.id, s.version, m.now))
	}
	return one
}

// seriesOfCut returns the series of a track, or of the part of it that cut returns, under the label of a sprint. Of a
// closed sprint it is remembered by a key.
func (m *maker) seriesOfCut(key cutKey, tr sprintTrack, closed bool, cut func() sprintTrack) series.Series {
	key.class = tr.class
	known, ok := m.former.labelled[key]
	if !closed || m.forgets || !ok || !recall.SamePlace(known.points, tr.points) {
		known = &labelledCut{tr.points, cut().seriesOf(m.team.Index, key.sprint)}
	}
	if closed && !m.forgets {
		m.made.labelled[key] = known
	}
	return known.series
}

// seriesOfEpic returns the series of an epic.
func (m *maker) seriesOfEpic(id int64) []series.Series {
	known, ok := m.former.epics[id]
	if ok = ok && !m.differ.renewed[id]; ok && len(m.differ.byEpic[id])+len(known.ahead) > 0 {
		known, ok = m.continueEpic(known, id)
	}
	if ok {
		m.made.epics[id] = known
		return known.list
	}
	var one listMemory
	one.list, one.end = seriesOfEpic(m.team.Roadmap, m.team.Index.Issues.Of(id), m.now)
	if !m.forgets && !slices.ContainsFunc(epicRestsOn(m, id), m.isDatedAhead) {
		one.ahead = datedAhead(m, m.team.Index.EpicIssues.Of(id))
		m.made.epics[id] = one
	}
	return one.list
}

// epicRestsOn lists what the series of an epic rest on besides the issues that ever belonged to it: the epic and, where
// times are estimated, the children of these issues: an estimated sub-task makes its parent estimated. Most sub-tasks
// are in the epic of their parent, but not one whose own type or parent was another while the parent belonged to the
// epic.
func epicRestsOn(m *maker, id int64) []int64 {
	x := m.team.Index
	ids := []int64{id}
	if x.Unit == agile.Seconds {
		for _, one := range x.EpicIssues.Of(id) {
			ids = append(ids, x.Children.Of(one)...)
		}
	}
	return ids
}

// datedAhead returns those of some issues of which something is not known yet.
func datedAhead(m *maker, ids []int64) (ahead []int64) {
	for _, id := range ids {
		if m.isDatedAhead(id) {
			ahead = append(ahead, id)
		}
	}
	return ahead
}

// isDatedAhead tells whether something of an issue is not known yet.
func (m *maker) isDatedAhead(id int64) bool {
	history := m.team.Index.Histories.Of(id)
	ahead := len(history) > 0 && history[len(history)-1].At().After(m.now)
	put := func(at time.Time) { ahead = ahead || at.After(m.now) }
	if i := m.team.Index.Issues.Of(id); i != nil {
		moments.EachChange(i.Key, put)
		moments.EachChange(i.Summary, put)
		moments.EachChange(i.Labels, put)
		index.EachScopeChange(m.team.Index, i, put)
		moments.EachChange(i.Type, put)
		moments.EachChange(i.Parent, put)
		moments.EachChange(m.team.Roadmap.Marks.Of(i), put)
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
	// before anything is known of the team its sums are not 0 but unknown
	one := listMemory{epics: r.EpicsEverIn(s.Name), begin: calendar.LaterOf(s.From, m.team.KnownSince())}
	if !m.now.Before(s.To) {
		one.over = s.To
	}
	known, ok := m.former.quarters[s.Name]
	if ok && known.over.Equal(one.over) && known.begin.Equal(one.begin) && slices.Equal(known.epics, one.epics) &&
		!m.differ.isAny(one.epics) {
		if goesOn, ok := m.continueQuarter(known, s); ok {
			m.made.quarters[s.Name] = goesOn
			return goesOn.list
		}
	}
	one.list, one.end = seriesOfQuarter(r, s, one.begin, m.now)
	if !m.forgets && !slices.ContainsFunc(one.epics, m.isDatedAhead) {
		one.ahead = datedAhead(m, r.IssuesEverIn(s.Name))
		m.made.quarters[s.Name] = one
	}
	return one.list
}
