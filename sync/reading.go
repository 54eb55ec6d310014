package sync

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/sync/clocks"
	"jerem/sync/derive"
	"jerem/sync/issues"
	"jerem/sync/metadata"
	"jerem/sync/plan"
	"jerem/sync/scope"
)

// reading is what every step of one pass is given. Steps change the teams, the checkpoint and the findings; all else
// stays.
type reading struct {
	jira       *jira.Client
	store      *store.Store
	log        *slog.Logger
	fetcher    *issues.Fetcher
	keeper     issues.Keeper
	epics      *issues.EpicCache
	at         time.Time // Jira's clock when it began: what is read is known as of then
	site       *metadata.Site
	metadata   bool // it was read for this reading
	teams      teamList
	chunkSize  int
	plan       plan.Plan
	checkpoint *checkpoint.Checkpoint
	visible    map[string]bool // whether the account sees a project, by id, of those that were asked for
	found      *findings
	named      Named
}

// findings are what the steps of a reading found besides what they kept; they are told when it ends.
type findings struct {
	listed  map[int64]bool // all issues, where they were listed
	inEpics map[int64]bool // issues of other projects in epics, where all were listed
	partly  bool           // a part of what is to be listed was refused
	retry   map[int64]bool // issues that a later reading must read
	// Whether projects are hidden from the account, by id, and whether one was that is not any more.
	judged   map[string]judgement
	returned bool
	missed   []store.Gap // issues that are listed and do not come, or cannot be read
	// Issues that are named, and that Jira does not have.
	namedMissing []int64
	gone         []int64 // issues that are neither listed nor sent any more
	pending      []int64 // issues whose whole time logged is to be asked for
	unread       []int64 // worklogs that a later reading must read
	compared     bool    // all issues were compared with what is kept
	logged       bool    // the time logged is up to date
	stale        bool    // the metadata is no more as it was read
	// The epics of a quarter in which changed issues were asked for, by team.
	askedEpics map[string][]string
}

func (f *findings) addMissed(code agile.GapCode, id int64, key string) {
	f.missed = append(f.missed, store.Gap{Source: agile.SourceIssues, Code: code, Issue: id, Key: key})
}

// Collect brings the store up to date: everything at the first time and where full is asked for, else
// what was changed since the last reading. What is read is kept chunk by chunk. The error holds the
// troubles of single teams; a trouble with Jira or the store as a whole ends the pass.
func (r *Reader) Collect(ctx context.Context, full bool) ([]Summary, error) {
	return r.collectPass(ctx, full, Named{})
}

func (r *Reader) collectPass(ctx context.Context, full bool, named Named) ([]Summary, error) {
	defer r.Store.Sharing.Settle(ctx)
	began := r.Now()
	err := r.repairStore(ctx)
	if err == nil {
		err = r.forgetGoals(ctx)
	}
	if err != nil {
		return nil, r.allBehind(ctx, r.seen.jiraTime(r.Now()), err)
	}
	server, err := r.Jira.Transport().Server(ctx)
	if err != nil {
		return nil, r.allBehind(ctx, r.seen.jiraTime(r.Now()), err)
	}
	err = r.compareClocks(ctx, server.Time, began)
	if err == nil && !full {
		err = r.refuseStepBack(ctx, server.Time, began)
	}
	if err != nil {
		return nil, r.allBehind(ctx, r.seen.jiraTime(r.Now()), err)
	}
	r.seen = bothClocks{server.Time, began}
	pass, err := r.prepareReading(ctx, full, named, began, server.Time)
	if err == nil {
		err = r.executePlan(ctx, pass, began)
		if pass.found.stale {
			r.forgetSite()
		}
	}
	if err != nil {
		return nil, r.allBehind(ctx, server.Time, err)
	}
	return r.finishReading(ctx, pass, r.Now().Sub(began))
}

// compareClocks refuses a clock of Jira that stands too far ahead of ours. One that is believed although it is far
// ahead is told in the log, once until it is near again.
func (r *Reader) compareClocks(ctx context.Context, theirs, ours time.Time) error {
	if err := clocks.Judge(ctx, r.Jira, theirs, ours); err != nil {
		return err
	}
	differ := clocks.Compare(theirs, ours)
	isTold := differ != nil && theirs.After(ours) // behind ours stand recorded and simulated data
	if isTold && !r.clocksDiffer {
		r.Log.Warn(differ.Message, "hint", differ.Hint)
	}
	r.clocksDiffer = isTold
	return nil
}

// refuseStepBack refuses a clock of Jira that fell behind what was read already. While it goes on from where this
// reader saw it nothing is asked of the store.
func (r *Reader) refuseStepBack(ctx context.Context, theirs, ours time.Time) error {
	if !r.seen.ours.IsZero() && !theirs.Before(r.seen.jira) {
		return nil
	}
	readings, err := r.Store.Teams.Readings(ctx)
	if err != nil {
		return err
	}
	for _, conf := range r.Teams {
		one := readings[conf.Name]
		isRefused := slices.ContainsFunc(problem.Decode(one.Why), func(p *problem.Problem) bool {
			return p.Code == clocks.FellBack
		})
		if wrong := clocks.JudgeStepBack(theirs, ours, one.Until, isRefused); wrong != nil {
			return wrong
		}
	}
	return nil
}

// finishReading notes, all in one write, how far teams were read and up to where the store is current.
func (r *Reader) finishReading(ctx context.Context, pass *reading, took time.Duration) (out []Summary, err error) {
	var troubles TeamErrors
	err = r.Store.Together(ctx, func(ctx context.Context) (err error) {
		out, err = pass.finishTeams(ctx, took)
		if err != nil && !errors.As(err, &troubles) {
			return err
		}
		return errors.Join(r.Store.Checkpoints.Set(ctx, pass.nextCheckpoint()), r.Store.Repair.Clear(ctx))
	})
	if err == nil && troubles != nil {
		err = troubles
	}
	return out, err
}

// repairStore takes what is damaged out of the store, and derives again what an older version derived.
func (r *Reader) repairStore(ctx context.Context) error {
	damage, err := derive.RepairDamage(ctx, r.Store, r.Log)
	if err != nil {
		return err
	}
	if !damage.Derivable() {
		r.forgetSite()
	}
	if damage.Rows != nil { // the store was compared: somebody else may have written into it
		r.updates.ForgetAll()
	}
	return derive.Outdated(ctx, r.Store, r.Log)
}

// forgetGoals takes the goals of sprints out of the store, once, where they are not to be read.
func (r *Reader) forgetGoals(ctx context.Context) error {
	if !r.Jira.WithoutGoals || r.goalsForgotten {
		return nil
	}
	err := r.Store.Sprints.ForgetGoals(ctx)
	r.goalsForgotten = err == nil
	return err
}

// allBehind notes a trouble that all teams share, at a moment of Jira's clock.
func (r *Reader) allBehind(ctx context.Context, at time.Time, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	why := problem.List{problem.From(err, "")}.Encode()
	kept := r.Store.Together(ctx, func(ctx context.Context) error {
		for _, conf := range r.Teams {
			if err := r.Store.Teams.SetBehind(ctx, conf.Name, at, why); err != nil {
				return err
			}
		}
		return nil
	})
	if kept == nil || kept.Error() == err.Error() { // what the store fails by is told once
		return err
	}
	return errors.Join(err, kept)
}

// prepareReading learns what is needed before issues are asked for: metadata where it is due, each team's board and
// sprints, and how far the store is. Then it plans.
func (r *Reader) prepareReading(
	ctx context.Context,
	full bool,
	named Named,
	began, at time.Time,
) (*reading, error) {
	checkpoint, err := r.Store.Checkpoints.All(ctx)
	if err != nil {
		return nil, err
	}
	if len(checkpoint.Projects) == 0 { // nothing was ever read: somebody may look at what becomes of it
		tellProgress(r.Progress, Progress{})
	}
	fresh, err := r.takeSite(ctx, full, began, at)
	if err != nil {
		return nil, err
	}
	if fresh {
		r.epics.Forget()
	}
	pass := &reading{
		chunkSize: r.chunkSize(),
		jira:      r.Jira,
		store:     r.Store,
		log:       r.Log,
		at:        at,
		site:      r.site,
		metadata:  fresh,
		epics:     &r.epics,
		visible:   map[string]bool{},
		found: &findings{retry: map[int64]bool{}, inEpics: map[int64]bool{}, judged: map[string]judgement{},
			askedEpics: map[string][]string{}},
		named: named,
	}
	again := r.forgetBoards(named.Boards)
	found, failed := r.metadataSource(false).AllTeams(ctx, r.site)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for n, conf := range r.Teams {
		t := &teamReading{conf: conf, found: found[n], counted: map[int64]bool{}, others: map[int64]bool{},
			again: again[conf.Name]}
		if failed[n] != nil {
			t.err = fmt.Errorf("team %s: %w", conf.Name, failed[n])
		}
		t.notes = r.site.NotesOf(conf).Join(t.found.Notes)
		pass.teams = append(pass.teams, t)
	}
	r.site.Fields = planFields(r.site.Fields, pass.teams.withoutTrouble())
	pass.fetcher = &issues.Fetcher{Jira: r.Jira, Store: r.Store, Fields: r.site.Fields}
	pass.keeper = issues.Keeper{Store: r.Store, Fields: r.site.Fields, Log: r.Log, At: at, Updates: &r.updates}
	return pass, pass.planFrom(ctx, checkpoint, full)
}

// planFrom plans the reading from what is known, and takes over what is known of teams that are current.
func (r *reading) planFrom(ctx context.Context, checkpoint checkpoint.Checkpoint, full bool) error {
	k := plan.Knowledge{Full: full, MetadataRead: r.metadata, Signature: r.site.Fields.Signature(),
		Checkpoint: checkpoint, Named: len(r.named.Issues) > 0}
	states := map[string]store.TeamState{}
	for _, t := range r.teams.withoutTrouble() {
		known := plan.KnownTeam{
			Name:     t.conf.Name,
			Project:  t.found.Project,
			Board:    t.found.BoardID(),
			Settings: plan.SettingsOf(t.conf, r.site.Zone),
		}
		state, err := r.store.Teams.State(ctx, t.conf.Name)
		switch {
		case err == nil:
			known.State, states[t.conf.Name] = &state, state
		case !problem.Is(err, store.NotRead):
			return err
		}
		if !state.Behind.IsZero() { // as it is by what is not listed: a team that is not costs no question
			noted, err := r.store.Gaps.OfTeam(ctx, t.conf.Name)
			if err != nil {
				return err
			}
			t.unlisted = slices.ContainsFunc(noted, isUnlisted)
			known.Unlisted = t.unlisted
		}
		if err := r.store.Teams.UseSettings(ctx, known.Name, known.Settings.String()); err != nil {
			return err
		}
		k.Teams = append(k.Teams, known)
	}
	r.plan = plan.Reading(k, r.at)
	r.checkpoint = &r.plan.Checkpoint
	for _, id := range r.plan.Postponed {
		r.found.retry[id] = true
	}
	for _, t := range r.teams.withoutTrouble() {
		plan := r.plan.Teams[t.conf.Name]
		t.whole, t.since, t.listed = plan.Whole, plan.Since, plan.Listed
		if !t.whole {
			maps.Copy(t.others, states[t.conf.Name].Others)
			t.matches, t.impeded = states[t.conf.Name].Matches, states[t.conf.Name].Impeded
		}
	}
	return nil
}

// listIDs lists the issues that match a question.
func (r *reading) listIDs(ctx context.Context, jql string) ([]int64, error) {
	var out []int64
	for id, err := range r.jira.IDs(ctx, jql) {
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return scope.Unique(out), nil
}
