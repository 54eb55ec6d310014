package plan

import (
	"maps"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/jira"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/sync/metadata"
)

const (
	// Overlap is how far before the last reading a new one begins: the search index lags behind, by
	// seconds to minutes, and rounds.
	Overlap = 15 * time.Minute
	// reconcileEvery is how often all issues are listed, to find those that were deleted.
	reconcileEvery = time.Hour
	// compareEvery is how often all issues are compared with what is kept, by the moment of their last change: what
	// a search for changes cannot find is found by that, as after a Jira was restored from a backup. A page of
	// such a list holds few issues.
	compareEvery = 24 * time.Hour
	// fewRetries is how many issues that could not be read are asked for with each reading; more are asked for as
	// often as the metadata.
	fewRetries = 100
	// manyPending is of how many issues the time logged is asked for one by one.
	manyPending = 50
)

// MetadataDue tells whether metadata is to be read: it was never read, or has become old by our clock or by Jira's,
// for that of a simulated one may run faster.
func MetadataDue(site *metadata.Site, refresh time.Duration, ours, jiras time.Time) bool {
	return site == nil || ours.Sub(site.ReadAt) >= refresh || jiras.Sub(site.AsOf) >= refresh
}

// Knowledge is what a reading knows before it asks for issues.
type Knowledge struct {
	Full         bool // everything is to be read, whatever is known
	MetadataRead bool // by this reading
	Named        bool // issues are named that are to be read
	Signature    string
	Checkpoint   checkpoint.Checkpoint
	Teams        []KnownTeam // those that are not in trouble
}

// KnownTeam is what is known of a team: as it is now, and as it was read last.
type KnownTeam struct {
	Name     string
	Project  jira.Project
	Board    int64
	Settings Settings
	State    *store.TeamState // of the last reading; nil for a team that was never read
	Unlisted bool             // most of its issues were not listed any more: they may be hidden for a while
}

// StepKind is what a step of a reading does.
type StepKind string

// The steps.
const (
	StepBeginBackfill StepKind = "begin the back-fill"
	StepListAll       StepKind = "list all issues"
	StepListChanged   StepKind = "list changed issues"
	StepCompareAll    StepKind = "compare all issues"
	StepNamed         StepKind = "add named issues"
	StepRetry         StepKind = "add issues to be read again"
	StepReadIssues    StepKind = "read issues"
	StepListEpics     StepKind = "list issues of other projects in epics"
	StepReadEpics     StepKind = "read issues of epics"
	StepAskFilters    StepKind = "ask filters"
	StepReadWorklogs  StepKind = "read time logged"
)

// Step is one thing that a reading does, for some teams.
type Step struct {
	Kind  StepKind
	Teams []string
}

// LeaveOut says which listed issues need not be read: those that were kept since a moment.
type LeaveOut struct {
	Kept  bool // false to read all
	Since time.Time
}

// Plan is what a reading does for its issues, in order.
type Plan struct {
	Steps      []Step
	Teams      map[string]TeamPlan
	LeaveOut   LeaveOut
	Checkpoint checkpoint.Checkpoint // to be kept where a back-fill begins
	Since      time.Time             // when the reading of everything began: before now where one was interrupted
	Reconciled bool                  // all issues are listed
	compared   bool                  // and compared with what is kept
	Postponed  []int64               // issues to be read again, by a later reading
}

// TeamPlan is how a team is read.
type TeamPlan struct {
	Whole  bool      // everything of it
	Listed bool      // all its issues are listed
	Since  time.Time // else what was changed since then
}

// Reading decides what a reading does. It asks nobody: now is Jira's clock.
func Reading(k Knowledge, now time.Time) Plan {
	p := Plan{Teams: map[string]TeamPlan{}, Since: now, Checkpoint: k.Checkpoint}
	whole, current := p.planTeams(k, now)
	if len(k.Teams) == 0 {
		p.Postponed = k.Checkpoint.Retry
		return p
	}
	if len(whole) > 0 {
		current = p.planWhole(k, now, whole, current)
	} else {
		p.planReconciliation(k, now, current)
	}
	if len(current) > 0 {
		kind := StepListChanged
		if p.compared {
			kind = StepCompareAll
		}
		p.addStep(kind, current)
	}
	if k.Named {
		p.addStep(StepNamed, nil)
	}
	if k.MetadataRead || len(k.Checkpoint.Retry) <= fewRetries {
		p.addStep(StepRetry, nil)
	} else {
		p.Postponed = k.Checkpoint.Retry
	}
	p.addStep(StepReadIssues, nil)
	all := slices.Sorted(maps.Keys(p.Teams))
	if inEpics := whole; p.Reconciled || len(whole) > 0 {
		if p.Reconciled {
			inEpics = all
		}
		p.addStep(StepListEpics, inEpics)
		p.addStep(StepReadEpics, nil)
	}
	if filtered := whole; k.MetadataRead || len(whole) > 0 {
		if k.MetadataRead {
			filtered = all
		}
		p.addStep(StepAskFilters, filtered)
	}
	p.addStep(StepReadWorklogs, nil)
	return p
}

// planTeams decides how each team is read, and returns the names of those of which everything is, and of the others.
func (p *Plan) planTeams(k Knowledge, now time.Time) (whole, current []string) {
	p.Checkpoint.Projects = map[string]time.Time{}
	for id, until := range k.Checkpoint.Projects {
		if k.Checkpoint.Fields != k.Signature { // what is kept lacks fields, that of teams in trouble too
			until = time.Time{}
		}
		p.Checkpoint.Projects[id] = until
	}
	for _, t := range k.Teams {
		plan := planTeam(t, p.Checkpoint.Projects[t.Project.ID], k.Full, now)
		p.Teams[t.Name] = plan
		if plan.Whole {
			whole = append(whole, t.Name)
		} else {
			current = append(current, t.Name)
		}
	}
	return whole, current
}

func (p *Plan) addStep(kind StepKind, teams []string) {
	p.Steps = append(p.Steps, Step{Kind: kind, Teams: teams})
}

// planTeam decides how a team is read. A clock that went back tells nothing about what was changed since.
func planTeam(t KnownTeam, projectUntil time.Time, full bool, now time.Time) TeamPlan {
	if t.State == nil {
		return TeamPlan{Whole: true}
	}
	since := calendar.EarlierOf(projectUntil, t.State.Until)
	whole := full || since.IsZero() || !t.ReadAsNow() || now.Before(since.Add(-Overlap))
	return TeamPlan{Whole: whole, Since: since}
}

// ReadAsNow says whether a team was read with the scope that it has now. Where its project has another key all issues
// have other keys too, without a change of their own.
func (t KnownTeam) ReadAsNow() bool {
	s := t.State
	return s != nil && s.ProjectID == t.Project.ID && s.Project == t.Project.Key && s.Board == t.Board &&
		t.Settings.sameScope(s.Settings)
}

// planWhole plans the reading of everything of some teams. One that was interrupted goes on: what it kept is not
// asked for again, and what was changed meanwhile is found by looking back to its beginning. It returns the teams of
// which changes are asked for.
func (p *Plan) planWhole(k Knowledge, now time.Time, whole, current []string) []string {
	resumed := !k.Full && !k.Checkpoint.Backfill.IsZero() && k.Checkpoint.Fields == k.Signature
	p.Reconciled = len(current) == 0
	if !resumed {
		p.beginBackfill(k, now)
		p.addListing(whole)
		return current
	}
	p.Since = k.Checkpoint.Backfill
	p.LeaveOut = LeaveOut{Kept: true, Since: p.Since}
	for _, name := range whole {
		p.Teams[name] = TeamPlan{Whole: true, Since: p.Since}
	}
	p.addListing(whole)
	return slices.Concat(current, whole)
}

// beginBackfill notes when the reading of everything began. Were it stopped, the next one must not take the teams for
// current.
func (p *Plan) beginBackfill(k Knowledge, now time.Time) {
	p.Checkpoint.Backfill = now
	if !k.Full {
		p.Checkpoint.Fields = k.Signature
		for _, t := range k.Teams {
			if p.Teams[t.Name].Whole {
				p.Checkpoint.Projects[t.Project.ID] = time.Time{}
			}
		}
	}
	p.addStep(StepBeginBackfill, nil)
}

// planReconciliation lists all issues of teams that are current, once an hour where metadata is read: of those that
// are kept the search for changes tells what is to be read again.
//
// Those of which most issues were hidden are listed each time, until they are seen again.
func (p *Plan) planReconciliation(k Knowledge, now time.Time, current []string) {
	if !k.MetadataRead || now.Sub(k.Checkpoint.Listed).Abs() < reconcileEvery {
		p.listUnlisted(k)
		return
	}
	p.Reconciled, p.LeaveOut = true, LeaveOut{Kept: true}
	p.compared = now.Sub(k.Checkpoint.Reconciled).Abs() >= compareEvery
	p.addListing(current)
}

// listUnlisted lists the issues of the teams of which most were not listed any more.
func (p *Plan) listUnlisted(k Knowledge) {
	var unlisted []string
	for _, t := range k.Teams {
		if t.Unlisted {
			unlisted = append(unlisted, t.Name)
		}
	}
	if len(unlisted) > 0 {
		p.LeaveOut = LeaveOut{Kept: true}
		p.addListing(unlisted)
	}
}

// addListing lists all issues of teams.
func (p *Plan) addListing(teams []string) {
	for _, name := range teams {
		team := p.Teams[name]
		team.Listed = true
		p.Teams[name] = team
	}
	p.addStep(StepListAll, teams)
}

// AllWorklogsDue tells whether all time logged is to be read: it was never, or not since Jira was restored; some team
// is read whole; or it is pending of many issues, each of which would cost a request.
func AllWorklogsDue(checkpoint checkpoint.Checkpoint, anyWhole bool, pending int) bool {
	return checkpoint.Worklogs.IsZero() || anyWhole || pending > manyPending
}
