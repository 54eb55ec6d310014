package sync

import (
	"maps"
	"slices"
	"time"

	"jerem/jira"
	"jerem/store"
	"jerem/sync/metadata"
)

const (
	// overlap is how far before the last reading a new one begins: the search index lags behind, by
	// seconds to minutes, and rounds.
	overlap = 15 * time.Minute
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

// metadataDue tells whether metadata is to be read: it was never read, or has become old by our clock or by Jira's,
// for that of a simulated one may run faster.
func metadataDue(site *metadata.Site, refresh time.Duration, ours, jiras time.Time) bool {
	return site == nil || ours.Sub(site.ReadAt) >= refresh || jiras.Sub(site.AsOf) >= refresh
}

// knowledge is what a reading knows before it asks for issues.
type knowledge struct {
	full         bool // everything is to be read, whatever is known
	metadataRead bool // by this reading
	signature    string
	checkpoint   store.Checkpoint
	teams        []knownTeam // those that are not in trouble
}

// knownTeam is what is known of a team: as it is now, and as it was read last.
type knownTeam struct {
	name     string
	project  jira.Project
	board    int64
	settings settings
	state    *store.TeamState // of the last reading; nil for a team that was never read
}

// stepKind is what a step of a reading does.
type stepKind string

const (
	stepBeginBackfill stepKind = "begin the back-fill"
	stepListAll       stepKind = "list all issues"
	stepListChanged   stepKind = "list changed issues"
	stepCompareAll    stepKind = "compare all issues"
	stepRetry         stepKind = "add issues to be read again"
	stepReadIssues    stepKind = "read issues"
	stepListEpics     stepKind = "list issues of other projects in epics"
	stepReadEpics     stepKind = "read issues of epics"
	stepAskFilters    stepKind = "ask filters"
	stepReadWorklogs  stepKind = "read time logged"
)

// step is one thing that a reading does, for some teams.
type step struct {
	kind  stepKind
	teams []string
}

// leaveOut says which listed issues need not be read: those that were kept since a moment.
type leaveOut struct {
	kept  bool // false to read all
	since time.Time
}

// readingPlan is what a reading does for its issues, in order.
type readingPlan struct {
	steps      []step
	teams      map[string]teamPlan
	leaveOut   leaveOut
	checkpoint store.Checkpoint // to be kept where a back-fill begins
	since      time.Time        // when the reading of everything began: before now where one was interrupted
	reconciled bool             // all issues are listed
	compared   bool             // and compared with what is kept
	postponed  []int64          // issues to be read again, by a later reading
}

// teamPlan is how a team is read.
type teamPlan struct {
	whole bool      // everything of it
	since time.Time // else what was changed since then
}

// planReading decides what a reading does. It asks nobody: now is Jira's clock.
func planReading(k knowledge, now time.Time) readingPlan {
	p := readingPlan{teams: map[string]teamPlan{}, since: now, checkpoint: k.checkpoint}
	p.checkpoint.Projects = map[string]time.Time{}
	for id, until := range k.checkpoint.Projects {
		if k.checkpoint.Fields != k.signature { // what is kept lacks fields, that of teams in trouble too
			until = time.Time{}
		}
		p.checkpoint.Projects[id] = until
	}
	var whole, current []string
	for _, t := range k.teams {
		plan := planTeam(t, p.checkpoint.Projects[t.project.ID], k.full, now)
		p.teams[t.name] = plan
		if plan.whole {
			whole = append(whole, t.name)
		} else {
			current = append(current, t.name)
		}
	}
	if len(k.teams) == 0 {
		p.postponed = k.checkpoint.Retry
		return p
	}
	if len(whole) > 0 {
		current = p.planWhole(k, now, whole, current)
	} else {
		p.planReconciliation(k, now, current)
	}
	if len(current) > 0 {
		kind := stepListChanged
		if p.compared {
			kind = stepCompareAll
		}
		p.addStep(kind, current)
	}
	if k.metadataRead || len(k.checkpoint.Retry) <= fewRetries {
		p.addStep(stepRetry, nil)
	} else {
		p.postponed = k.checkpoint.Retry
	}
	p.addStep(stepReadIssues, nil)
	all := slices.Sorted(maps.Keys(p.teams))
	if inEpics := whole; p.reconciled || len(whole) > 0 {
		if p.reconciled {
			inEpics = all
		}
		p.addStep(stepListEpics, inEpics)
		p.addStep(stepReadEpics, nil)
	}
	if filtered := whole; k.metadataRead || len(whole) > 0 {
		if k.metadataRead {
			filtered = all
		}
		p.addStep(stepAskFilters, filtered)
	}
	p.addStep(stepReadWorklogs, nil)
	return p
}

func (p *readingPlan) addStep(kind stepKind, teams []string) {
	p.steps = append(p.steps, step{kind: kind, teams: teams})
}

// planTeam decides how a team is read. A clock that went back tells nothing about what was changed since.
func planTeam(t knownTeam, projectUntil time.Time, full bool, now time.Time) teamPlan {
	if t.state == nil {
		return teamPlan{whole: true}
	}
	since := earlierOf(projectUntil, t.state.Until)
	whole := full || since.IsZero() || !t.readAsNow() || now.Before(since.Add(-overlap))
	return teamPlan{whole: whole, since: since}
}

// readAsNow says whether a team was read with the scope that it has now. Where its project has another key all issues
// have other keys too, without a change of their own.
func (t knownTeam) readAsNow() bool {
	s := t.state
	return s != nil && s.ProjectID == t.project.ID && s.Project == t.project.Key && s.Board == t.board &&
		t.settings.sameScope(s.Settings)
}

// planWhole plans the reading of everything of some teams. One that was interrupted goes on: what it kept is not
// asked for again, and what was changed meanwhile is found by looking back to its beginning. It returns the teams of
// which changes are asked for.
func (p *readingPlan) planWhole(k knowledge, now time.Time, whole, current []string) []string {
	resumed := !k.full && !k.checkpoint.Backfill.IsZero() && k.checkpoint.Fields == k.signature
	p.reconciled = len(current) == 0
	if !resumed {
		p.beginBackfill(k, now)
		p.addStep(stepListAll, whole)
		return current
	}
	p.since = k.checkpoint.Backfill
	p.leaveOut = leaveOut{kept: true, since: p.since}
	for _, name := range whole {
		p.teams[name] = teamPlan{whole: true, since: p.since}
	}
	p.addStep(stepListAll, whole)
	return slices.Concat(current, whole)
}

// beginBackfill notes when the reading of everything began. Were it stopped, the next one must not take the teams for
// current.
func (p *readingPlan) beginBackfill(k knowledge, now time.Time) {
	p.checkpoint.Backfill = now
	if !k.full {
		p.checkpoint.Fields = k.signature
		for _, t := range k.teams {
			if p.teams[t.name].whole {
				p.checkpoint.Projects[t.project.ID] = time.Time{}
			}
		}
	}
	p.addStep(stepBeginBackfill, nil)
}

// planReconciliation lists all issues of teams that are current, once an hour where metadata is read: of those that
// are kept the search for changes tells what is to be read again.
func (p *readingPlan) planReconciliation(k knowledge, now time.Time, current []string) {
	if !k.metadataRead || now.Sub(k.checkpoint.Listed).Abs() < reconcileEvery {
		return
	}
	p.reconciled, p.leaveOut = true, leaveOut{kept: true}
	p.compared = now.Sub(k.checkpoint.Reconciled).Abs() >= compareEvery
	p.addStep(stepListAll, current)
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
