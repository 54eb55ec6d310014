package sync

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/sync/doubts"
	"jerem/sync/plan"
)

// finishTeams notes for each team how far it was read.
func (r *reading) finishTeams(ctx context.Context, took time.Duration) ([]Summary, error) {
	var out []Summary
	var troubles TeamErrors
	for _, t := range r.teams {
		t.summary.Team, t.summary.Err, t.summary.Took = t.conf.Name, t.err, took
		if t.err != nil {
			troubles = append(troubles, t.err)
			why := problem.List{problem.From(t.err, t.conf.Name)}
			if err := r.store.Teams.SetBehind(ctx, t.conf.Name, r.at, why.Encode()); err != nil {
				return nil, err
			}
			out = append(out, t.summary)
			continue
		}
		if err := r.finishTeam(ctx, t); err != nil {
			return nil, err
		}
		t.summary.Doubted = len(t.notes.Doubts) > 0
		if t.summary.Doubted {
			troubles = append(troubles, fmt.Errorf("team %s: %s", t.conf.Name, t.notes.Doubts.Words("")))
		}
		out = append(out, t.summary)
	}
	if len(troubles) > 0 {
		return out, troubles
	}
	return out, nil
}

func (r *reading) finishTeam(ctx context.Context, t *teamReading) error {
	if r.metadata || t.whole || t.again {
		if err := putSprints(ctx, r, t); err != nil {
			return err
		}
	}
	if err := r.store.Gaps.SetOfTeam(ctx, t.conf.Name, r.sourcesAsked(t), r.at, t.notes.Gaps); err != nil {
		return err
	}
	counted, err := countedBy(ctx, r, t)
	if err != nil {
		return err
	}
	if err := noteUnlisted(ctx, r, t); err != nil {
		return err
	}
	t.summary.Until, t.summary.Sprints = r.at, len(t.found.Own)
	project := t.found.Project
	return r.store.Teams.Put(ctx, store.TeamState{
		Name: t.conf.Name, Project: project.Key, ProjectID: project.ID, Board: t.found.BoardID(),
		Until: r.at, Settings: plan.SettingsOf(t.conf, r.site.Zone).String(),
		DaysOff: t.conf.Calendar.DaysOff, Others: t.others, Matches: t.matches, Impeded: t.impeded,
		Rules: counted, Why: doubts.Encode(t.notes.Doubts),
	})
}

// noteUnlisted notes the issues that concern a team and that no question lists any more, where all were asked.
func noteUnlisted(ctx context.Context, r *reading, t *teamReading) error {
	if r.found.listed == nil || !r.plan.Reconciled || r.found.partly || len(r.teams.withoutTrouble()) < len(r.teams) {
		return nil
	}
	listed := maps.Clone(r.found.listed)
	maps.Copy(listed, r.found.inEpics)
	return r.store.Issues.NoteUnlisted(ctx, t.conf.Name, t.found.Project.ID, r.at, listed)
}

// countedBy returns the rules by which the team is counted, nil where the metadata that tells them was not read anew,
// or not all of it could be had: what comes later is then no other rule, it is known at last.
func countedBy(ctx context.Context, r *reading, t *teamReading) (*rules.Set, error) {
	if !r.metadata && !t.whole && !t.again || slices.ContainsFunc(t.notes.Gaps, hidesRules) {
		return nil, nil
	}
	statuses, err := r.store.Metadata.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	types, err := r.store.Metadata.Types(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := r.store.Metadata.Versions(ctx)
	if err != nil {
		return nil, err
	}
	set := rules.Of(t.conf, rules.Site{Board: t.found.Board, Statuses: statuses, Types: types, Versions: versions,
		Zone: r.site.Zone})
	return &set, nil
}

// hidesRules tells whether by a gap some of what a team is counted by could not be had.
func hidesRules(g store.Gap) bool {
	return slices.Contains([]agile.Source{agile.SourceBoard, agile.SourceStatuses, agile.SourceFields,
		agile.SourceTypes}, g.Source) &&
		slices.Contains([]agile.GapCode{agile.GapRefused, agile.GapUnreadable, agile.GapShrunk}, g.Code)
}

// sourcesAsked are those of which this reading tells what they lack as a whole, in place of what was noted before.
func (r *reading) sourcesAsked(t *teamReading) []agile.Source {
	asked := []agile.Source{
		agile.SourceFields,
		agile.SourceStatuses,
		agile.SourceTypes,
		agile.SourceBoard,
		agile.SourceSprints,
		agile.SourceWorklogs,
		agile.SourceVersions,
	}
	if t.whole || r.metadata {
		asked = append(asked, agile.SourceScope)
	}
	if t.listed {
		asked = append(asked, agile.SourceIssues)
	}
	return asked
}

// putSprints keeps the sprints of a team. Those that were once its own, and that its board lists no more, stay while
// an issue of its project ever stood in them: a new board never takes the past away.
func putSprints(ctx context.Context, r *reading, t *teamReading) error {
	now := store.BoardSprints{Team: t.conf.Name, Board: t.found.BoardID(), Listed: t.found.Listed}
	for _, s := range t.found.Sprints {
		now.Seen = append(
			now.Seen,
			store.SprintSeen{ID: s.ID, OriginBoard: s.OriginBoard, SprintVersion: s.SprintVersion},
		)
	}
	var former []int64
	for _, s := range t.found.Own {
		if slices.Contains(t.found.Former, s.ID) {
			former = append(former, s.ID)
		} else {
			now.Mine = append(now.Mine, s.ID)
		}
	}
	if len(former) > 0 {
		entered, err := r.store.Sprints.WithIssuesOf(ctx, t.found.Project.ID)
		if err != nil {
			return err
		}
		former = slices.DeleteFunc(former, func(id int64) bool { return !entered[id] })
		now.Mine = append(now.Mine, former...)
	}
	if len(former) > 0 {
		subject := agile.NewSubject(agile.SubjectEarlierSprints, len(former), namesOf(t.found.Own, former))
		noteLasting(r, t, store.Gap{Source: agile.SourceSprints, Code: agile.GapMoved, Subject: subject})
	}
	if err := r.store.Sprints.Put(ctx, r.at, now); err != nil {
		return err
	}
	return noteStrangeBoard(ctx, r, t, now.Mine)
}

// mostSprintsNamed is how many sprints a gap names.
const mostSprintsNamed = 20

// namesOf lists sprints by name, cut where they are many.
func namesOf(sprints []jira.SprintInfo, ids []int64) string {
	var names []string
	for _, s := range sprints {
		if slices.Contains(ids, s.ID) {
			names = append(names, cmp.Or(s.Name, strconv.FormatInt(s.ID, 10)))
		}
	}
	if more := len(names) - mostSprintsNamed; more > 0 {
		return strings.Join(names[:mostSprintsNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// noteLasting notes a gap that holds until the metadata is read again.
func noteLasting(r *reading, t *teamReading, gap store.Gap) {
	t.notes.Add(gap)
	team := r.site.Teams[t.conf.Name]
	team.Notes.Add(gap)
	r.site.Teams[t.conf.Name] = team
}

// noteStrangeBoard tells where a board is hardly the team's: no issue of its project ever stood in the sprints of the
// configured board, or its issues stand in sprints and no board is known.
func noteStrangeBoard(ctx context.Context, r *reading, t *teamReading, own []int64) error {
	if t.found.Board != nil && (t.conf.Board == 0 || !t.hasBegun()) {
		return nil
	}
	entered, err := r.store.Sprints.WithIssuesOf(ctx, t.found.Project.ID)
	if err != nil {
		return err
	}
	gap := store.Gap{Source: agile.SourceBoard, Code: agile.GapMissing}
	switch {
	case t.found.Board == nil && len(entered) > 0:
		gap.Subject = agile.NewSubject(agile.SubjectForeignSprints)
		noteLasting(r, t, gap)
	case t.found.Board != nil && !slices.ContainsFunc(own, func(id int64) bool { return entered[id] }):
		gap.Subject = agile.NewSubject(agile.SubjectForeignBoard)
		noteLasting(r, t, gap)
	}
	return nil
}

// nextCheckpoint is up to where the store is current, now that the whole reading is done. Teams in trouble go on
// where they are.
func (r *reading) nextCheckpoint() checkpoint.Checkpoint {
	next := *r.checkpoint
	next.Projects = maps.Clone(r.checkpoint.Projects)
	next.Fields = r.site.Fields.Signature()
	next.Retry = slices.Sorted(maps.Keys(r.found.retry))
	if len(r.plan.Steps) > 0 {
		next.WorklogsPending, next.WorklogsRetry = r.found.pending, r.found.unread
	}
	if r.found.logged {
		next.Worklogs, next.WorklogsPending = r.at, nil
	}
	for _, t := range r.teams.withoutTrouble() {
		next.Projects[t.found.Project.ID] = r.at
	}
	for _, t := range r.teams.withoutTrouble() {
		switch { // also where another team has the same project
		case t.whole:
			next.Projects[t.found.Project.ID] = r.plan.Since
		case t.held:
			next.Projects[t.found.Project.ID] = t.since
		}
	}
	if len(r.teams.withoutTrouble()) == len(r.teams) {
		next.Backfill = time.Time{}
	}
	if r.plan.Reconciled {
		next.Listed = r.at
	}
	if r.found.compared || r.plan.Reconciled && len(r.teams.completelyRead()) > 0 {
		next.Reconciled = r.at
	} else if r.found.returned {
		next.Reconciled = time.Time{} // what was hidden is still to be compared
	}
	return next
}
