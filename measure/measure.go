package measure

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/workstate"
	"jerem/measure/unexpected"
)

// State is where work stands: one definition for a team, everywhere.
type State = workstate.State

// The states of work.
const (
	ToDo  = workstate.ToDo
	Doing = workstate.Doing
	Done  = workstate.Done
)

// QuarterName names a quarter: Q4-26 is the fourth one of 2026. Where a team's year does not begin in January, the
// year is the one in which its first quarter begins.
type QuarterName = roadmap.QuarterName

// ParseQuarter reads a name as Qn-yy; false where it is none.
func ParseQuarter(text string) (QuarterName, bool) { return roadmap.ParseQuarter(text) }

// QuarterOfDue returns the quarter in which an epic is due, by a team's rule; false without a day, or for one of
// another century.
func QuarterOfDue(rule agile.QuarterRule, due calendar.Date) (QuarterName, bool) {
	return roadmap.QuarterOfDue(rule, due)
}

// UnknownNature is the nature of an impediment that tells none.
const UnknownNature = impediment.UnknownNature

// Team is a history made ready for measuring. It is read-only and safe for concurrent use.
type Team struct {
	Index       *index.Index     // what is looked up of issues and their pasts
	Roadmap     *roadmap.Roadmap // epics and their quarters
	Impediments *impediment.List // which issues are impediments, and when
	Unexpected  *unexpected.List // call-outs beside them; nil where nobody is on call for the team
}

// Of makes a history ready for measuring.
func Of(h *agile.History) *Team {
	x := index.New(h)
	impeded := impediment.Find(x)
	return &Team{Index: x, Roadmap: roadmap.New(x), Impediments: impeded, Unexpected: unexpected.Of(impeded)}
}

// Update returns the team of a history that goes on from another team's: what was computed of the issues that are the
// same values, and on which no time was logged since, is shared with t, which stays as it is. relogged are the issues
// on which the time logged may differ. What else differs (the board, statuses, settings) has all computed anew.
func Update(t *Team, h *agile.History, relogged []int64) *Team {
	x, changed, ok := t.Index.Updated(h, relogged)
	if !ok {
		return Of(h)
	}
	impeded := t.Impediments.Updated(x, changed)
	y := &Team{Index: x, Roadmap: t.Roadmap.Updated(x, changed), Impediments: impeded,
		Unexpected: unexpected.Of(impeded)}
	handOnSprints(t, y)
	handOnFirstCreated(t, y, changed)
	return y
}

// AsOf returns the team as of another moment of reading, at which nothing else was known: what was computed of the
// history is shared.
func (t *Team) AsOf(until time.Time) *Team {
	return withIndex(t, index.AsOf(t.Index, until))
}

// WithOnCall returns the team with what on-call took from it, nil for nothing: what was computed of issues is shared.
func (t *Team) WithOnCall(o *agile.OnCall) *Team {
	return withIndex(t, t.Index.WithOnCall(o, t.Index.History.Gaps))
}

// TakeOnCall returns the team with what a history of the same issues tells of on-call, and with its gaps.
func TakeOnCall(t *Team, h *agile.History) *Team {
	return withIndex(t, t.Index.WithOnCall(h.OnCall, h.Gaps))
}

// withIndex returns the team of an index that holds the same issues.
func withIndex(t *Team, x *index.Index) *Team {
	plan, impeded := *t.Roadmap, *t.Impediments
	plan.Index, impeded.Index = x, x
	return &Team{Index: x, Roadmap: &plan, Impediments: &impeded, Unexpected: unexpected.Of(&impeded)}
}

// History returns what the figures are made from.
func (t *Team) History() *agile.History { return t.Index.History }

// Unit returns what the team's estimates are in.
func (t *Team) Unit() agile.Unit { return t.Index.Unit }

// Now is the moment that a figure without a moment means: Jira's clock at the last complete read.
func (t *Team) Now() time.Time { return t.Index.History.Until }

func momentOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := t.UTC()
	return &u
}

// knownSinceKey names the moment from which on a history is known.
type knownSinceKey struct{}

// KnownSince returns when the first thing that is known of the team happened: an issue was created or a sprint began;
// the zero time where nothing is known at all.
func (t *Team) KnownSince() time.Time {
	return index.Recall(t.Index, knownSinceKey{}, func() time.Time { return firstKnown(t) })
}

// firstKnown looks at the issue that was created first, and at all sprints: each drawer of a page asks for it.
func firstKnown(t *Team) time.Time {
	first := firstCreatedOf(t).at
	for i := range t.Index.History.Sprints {
		if v := t.Index.History.Sprints[i].Last(); v.Started() && !v.Start.IsZero() &&
			(first.IsZero() || v.Start.Before(first)) {
			first = v.Start
		}
	}
	return first
}

// firstCreated is the issue that was created first; zero where there is none.
type firstCreated struct {
	issue int64
	at    time.Time
}

func (f *firstCreated) note(i *agile.Issue) {
	if !i.Created.IsZero() && (f.at.IsZero() || i.Created.Before(f.at)) {
		*f = firstCreated{i.ID, i.Created}
	}
}

// firstCreatedKey names the issue that was created first.
type firstCreatedKey struct{}

func firstCreatedOf(t *Team) firstCreated {
	return index.Recall(t.Index, firstCreatedKey{}, func() (first firstCreated) {
		for _, i := range t.Index.History.Issues {
			first.note(i)
		}
		return first
	})
}

// handOnFirstCreated has y, in which some issues differ from x, know the issue that was created first without looking
// at the others.
func handOnFirstCreated(x, y *Team, differ []int64) {
	first := firstCreatedOf(x)
	if i := y.Index.Issues.Of(first.issue); i == nil || !i.Created.Equal(first.at) {
		return
	}
	for _, id := range differ {
		if i := y.Index.Issues.Of(id); i != nil {
			first.note(i)
		}
	}
	index.Recall(y.Index, firstCreatedKey{}, func() firstCreated { return first })
}

// EachMomentAfter calls put for each moment after another at which something happens to an issue of a team, or comes to
// be known of the time logged.
func EachMomentAfter(t *Team, at time.Time, put func(time.Time)) {
	index.EachMomentAfter(t.Index, at, put)
}

// Lookup finds an issue of the team by a key it has or had, in any case, or by its id; false for what is read only
// since an epic of another team holds an issue of this one.
func (t *Team) Lookup(key string) (*agile.Issue, bool) {
	i, ok := t.Index.Lookup(key)
	if !ok || !index.BelongsToTeam(t.Index, i) {
		return nil, false
	}
	return i, true
}

// Dates returns the first and the last day of a quarter of the team.
func (t *Team) Dates(q roadmap.QuarterName) (first, last calendar.Date) { return t.Roadmap.Dates(q) }

// HasEnded tells whether nothing of some days of a team whose last one is told, as those of a quarter, is still to come
// at a moment: they are over, or it is their last instant, as the moment of a day that was asked for is.
func HasEnded(t *Team, last calendar.Date, at time.Time) bool {
	return !at.Add(roadmap.Instant).Before(last.Add(1).Midnight(t.Index.History.Team.Calendar.Zone))
}

// QuarterAt returns the quarter that a moment lies in.
func (t *Team) QuarterAt(at time.Time) roadmap.QuarterName { return t.Roadmap.QuarterAt(at) }

// ImpedimentsIn measures impediments from a moment to another that is not over, as known at the latter: for a team
// without sprints, whose unexpected work is told by weeks.
func (t *Team) ImpedimentsIn(from, to time.Time) *Impediments {
	return measureImpediments(t.Impediments, impediment.Window{From: from, To: to}, to)
}

// SprintsUnknown tells whether the team's sprints were never read, which is not that it has none.
func SprintsUnknown(t *Team) bool {
	known := len(t.Index.History.Sprints)
	return index.NeverRead(t.Index.History.Gaps, agile.SourceSprints, known) || t.Index.History.Board == nil &&
		index.NeverRead(t.Index.History.Gaps, agile.SourceBoard, known)
}

// Step names a stretch of time in which nothing happens that a team's history tells, and no day and no working hours
// begin or end: what rests on days and on what had happened is the same at all moments of it. Steps of two histories
// differ, also of one that goes on from the other.
type Step struct {
	history index.Identity
	step    index.Step
}

// StepAt returns the step of a moment; false for one that lies long before the reading, or after it.
func (t *Team) StepAt(at time.Time) (Step, bool) {
	step, ok := t.Index.StepAt(at)
	return Step{t.Index.Identity(), step}, ok
}

// InStep returns the value of a key as of a moment, computing it where what is kept is of another step. The key names
// all that the value depends on beside the history and the step; a value tells nothing of the moment itself, and nobody
// changes it.
func InStep[V any](t *Team, at time.Time, key any, compute func() V) V {
	return index.InStep(t.Index, at, key, compute)
}

// InStepWith is [InStep] for a value that time moves within a step, but which is the same while something beside is.
func InStepWith[V any](t *Team, at time.Time, key, beside any, compute func() V) V {
	return index.InStepWith(t.Index, at, key, beside, compute)
}
