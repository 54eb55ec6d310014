package outlook

import (
	"math"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/roadmap"
)

// Inquiry asks several questions about a team. What they rest on in common, as what was finished by a moment and the
// record of forecasts made of it, is worked out once for all inquiries about the same history. An Inquiry is not safe
// for concurrent use.
type Inquiry struct {
	team   *measure.Team
	recent []*epicsAt  // of the moments asked for last
	once   bool        // it asks of each moment once: the history keeps nothing of what is computed
	bases  []heldBasis // of the moments asked for last, where the history keeps none
}

// recentMoments is of how many moments an inquiry holds what it looked up: that of a question, and that since which it
// moved.
const recentMoments = 2

// epicsAt returns what is looked up of epics in a unit at a moment, for all questions about it.
func (inquiry *Inquiry) epicsAt(u workUnit, at time.Time) *epicsAt {
	for _, one := range inquiry.recent {
		if one.at.Equal(at) && one.unit.unit == u.unit {
			return one
		}
	}
	one := newEpicsAt(u, at)
	inquiry.recent = append(inquiry.recent[max(0, len(inquiry.recent)-recentMoments+1):], one)
	return one
}

// About begins an inquiry about a team.
func About(team *measure.Team) *Inquiry {
	return &Inquiry{team: team}
}

// basesHeld is how many bases an inquiry holds that asks of each moment once: that of all work and that of epics, of a
// moment and of the one before it.
const basesHeld = 4

// AboutEachMomentOnce begins an inquiry about a team that asks of many moments, of each one once. What the questions of
// a moment rest on is held until the inquiry is asked of later ones, and nothing of it is kept by the history: of
// 20,000 issues it is half a megabyte for each moment.
func AboutEachMomentOnce(team *measure.Team) *Inquiry {
	return &Inquiry{team: team, once: true}
}

// heldBasis is a basis that an inquiry holds itself.
type heldBasis struct {
	key   basisKey
	basis *basis
}

// holdBasis returns the basis of a key, computing it where the inquiry does not hold it.
func (inquiry *Inquiry) holdBasis(key basisKey, compute func() *basis) *basis {
	for _, held := range inquiry.bases {
		if held.key == key {
			return held.basis
		}
	}
	computed := compute()
	others := inquiry.bases[max(0, len(inquiry.bases)-basesHeld+1):]
	inquiry.bases = append(slices.Clone(others), heldBasis{key, computed})
	return computed
}

// basisKey tells the bases of a history apart. Moments between which nothing changes that a basis rests on share one:
// no issue is another, no epic has other marks of quarters, and no day begins. A quarter's first day ends an instant
// before midnight.
type basisKey struct {
	changed, marked int64 // the last change of an issue and of marks, in microseconds
	below           int   // what the moment is beyond its microsecond
	day, dayOfNext  calendar.Date
	unit            agile.Unit
	epicsOnly       bool
}

func basisKeyOf(u workUnit, at time.Time, epicsOnly bool) basisKey {
	x := u.team.Index
	return basisKey{changed: index.LastChange(x, at), marked: lastMark(u, at), below: at.Nanosecond() % 1000,
		day:       x.Date(at),
		dayOfNext: x.Date(at.Add(roadmap.Instant)), unit: u.unit, epicsOnly: epicsOnly}
}

// lastMark returns the moment of the last change of what tells the quarters of epics up to a moment, in microseconds
// since 1970.
func lastMark(u workUnit, at time.Time) int64 {
	last := int64(math.MinInt64)
	for _, id := range u.team.Roadmap.Epics {
		for _, s := range u.team.Roadmap.MarksOf(u.team.Index.Issues[id]) {
			if !s.From.After(at) {
				last = max(last, s.From.UnixMicro())
			}
		}
	}
	return last
}

// basis is what questions of a moment and one unit rest on, whatever their scope. It is shared by all who ask about
// the same history.
type basis struct {
	past      past
	record    []forecast.Told
	corrected forecast.Corrected
	can       bool

	growth     sync.Once
	teamGrowth []float64 // of all epics of the team
}

// basisOf returns what questions of a moment rest on.
func (inquiry *Inquiry) basisOf(u workUnit, at time.Time, epicsOnly bool) *basis {
	key, compute := basisKeyOf(u, at, epicsOnly), func() *basis { return newBasis(u, at, epicsOnly) }
	if inquiry.once {
		return inquiry.holdBasis(key, compute)
	}
	return index.Recall(u.team.Index, key, compute)
}

func newBasis(u workUnit, at time.Time, epicsOnly bool) *basis {
	b := &basis{past: u.pastOf(at, epicsOnly)}
	record := forecast.Replay(b.past.throughput)
	b.record = forecast.Calibrate(record, forecast.Shipped())
	b.corrected = forecast.Correct(record, len(b.past.throughput), forecast.Shipped())
	b.can = b.past.throughput.CanTell()
	return b
}

// growthOfTeam returns the growth of all epics of the team by working day of the past.
func (b *basis) growthOfTeam(u workUnit, at time.Time) []float64 {
	b.growth.Do(func() {
		b.teamGrowth = u.epicGrowth(u.ownEpics(at), b.past.places, at)
	})
	return b.teamGrowth
}

// ownEpics lists the epics that are in the team's scope at a moment. Those of others are known where an issue of the
// team has to do with them; which ones depends on what else is read.
func (u workUnit) ownEpics(at time.Time) (own []int64) {
	x := u.team.Index
	for _, id := range u.team.Roadmap.Epics {
		if epic := x.Issues[id]; x.InScope(epic, at) {
			own = append(own, id)
		}
	}
	return own
}

// epicsAt is what was looked up of epics at a moment, for all questions of an inquiry about that moment: of an epic
// that comes last in its quarter all those before it are asked too.
type epicsAt struct {
	unit      workUnit
	at        time.Time
	counted   map[int64][]scopeIssue
	begun     map[int64]time.Time
	baselines map[int64]baseline
}

// baseline is the moment from which on changes of an epic's total are growth; known is false where that lies ahead.
type baseline struct {
	at    time.Time
	known bool
}

func newEpicsAt(u workUnit, at time.Time) *epicsAt {
	return &epicsAt{unit: u, at: at, counted: map[int64][]scopeIssue{}, begun: map[int64]time.Time{},
		baselines: map[int64]baseline{}}
}

// epicsAt returns what its inquiry holds of epics at a moment, something empty where the inquiry is of another one.
func (u workUnit) epicsAt(at time.Time) *epicsAt {
	if u.known != nil && u.known.at.Equal(at) {
		return u.known
	}
	return newEpicsAt(u, at)
}

// issuesOf lists what the issues of an epic count for, in a steady order.
func (e *epicsAt) issuesOf(epic int64) []scopeIssue {
	counted, known := e.counted[epic]
	if !known {
		for id, b := range e.unit.team.Index.IssuesOfEpic(epic, e.at) {
			if e.unit.countsAt(id, e.at) {
				counted = append(counted, e.unit.scopeIssueAt(epic, id, b, e.at))
			}
		}
		e.counted[epic] = counted
	}
	return counted
}

// baselineOf is growthBaseline at the moment.
func (e *epicsAt) baselineOf(epic int64) (time.Time, bool) {
	found, known := e.baselines[epic]
	if !known {
		found.at, found.known = growthBaseline(e.unit.team.Roadmap, epic, e.at)
		e.baselines[epic] = found
	}
	return found.at, found.known
}

// begunAt returns the start of the first issue of an epic, zero where none was begun.
func (e *epicsAt) begunAt(epic int64) time.Time {
	first, known := e.begun[epic]
	if !known {
		for id := range e.unit.team.Index.IssuesOfEpic(epic, e.at) {
			start := e.unit.team.Index.Histories[id].StartedBy(e.at)
			if !start.IsZero() && (first.IsZero() || start.Before(first)) {
				first = start
			}
		}
		e.begun[epic] = first
	}
	return first
}

// orderEpics orders epics as they are taken: those begun by the start of their first issue, then the others by key.
func (e *epicsAt) orderEpics(epics []int64) []int64 {
	x := e.unit.team.Index
	sorted := slices.Clone(epics)
	slices.SortStableFunc(sorted, func(a, b int64) int {
		first, second := e.begunAt(a), e.begunAt(b)
		switch {
		case first.IsZero() != second.IsZero():
			if second.IsZero() {
				return -1
			}
			return 1
		case !first.Equal(second):
			return first.Compare(second)
		}
		return naming.CompareKeys(x.Key(a), x.Key(b))
	})
	return sorted
}

// AskDates tells dates, odds and state of a forecast alone, without what moved and what it costs: the same figures as
// [Ask].
func AskDates(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	return About(team).AskDates(q, at)
}

// AskDates is [AskDates] for one of several questions about a team.
func (inquiry *Inquiry) AskDates(q Question, at time.Time) (*Forecast, error) {
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: at.UTC(), Unit: o.unit.unit, Trials: forecastTrials, Seed: forecast.Seed,
		HistoryDays: o.past.throughput.WindowLength(), State: StateUnknown, Quality: o.gradeForecast()}
	o.fillQuestion(f, q)
	o.fillAsked(f, q)
	return f, nil
}

// OutcomeOf tells of a quarter that is over when its work was done, nil where it was not, and what was told at its
// middle.
func OutcomeOf(team *measure.Team, name roadmap.QuarterName, at time.Time) (came *string, told *Told) {
	span := team.Roadmap.Span(name)
	came, told = doneOn(team, span, at, takeAll), toldAtMiddle(team, name, span)
	told.judge(came, team.Index.Date(at))
	return came, told
}

// AskBriefly answers a question with dates, odds and what moved them, and leaves out what takes longer.
func AskBriefly(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	inquiry := About(team)
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: o.at.UTC(), Unit: o.unit.unit, State: StateUnknown}
	o.fillQuestion(f, q)
	told := o.fillAsked(f, q)
	if told {
		f.Moved = movedSince(inquiry, q, o)
	}
	f.Quality = o.gradeForecast()
	return f, nil
}
