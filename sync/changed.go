package sync

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/jira"
	"jerem/problem"
	"jerem/sorting"
	"jerem/sync/plan"
	"jerem/sync/scope"
)

// listChanged lists the issues of teams that were changed since the last reading and that are not kept as of that
// change; where all are compared, those that are not kept as they are, whenever that was.
func listChanged(ctx context.Context, r *reading, teams teamList, compareAll bool) ([]int64, error) {
	if len(teams) == 0 {
		return nil, nil
	}
	since := r.at
	for _, t := range teams {
		since = calendar.EarlierOf(since, t.since)
	}
	since = since.Add(-plan.Overlap)
	clause := scope.Clause(teams.listProjects(), teams.listSprints())
	epics, err := epicKeys(ctx, r, teams)
	if err != nil {
		return nil, err
	}
	if len(epics) > 0 && len(epics) <= epicsPerQuery {
		clause += " OR " + r.jira.InEpics(r.site.Fields, epics)
	}
	added, err := addedSprints(ctx, r, teams)
	if err != nil {
		return nil, err
	}
	which := fmt.Sprintf("(%s) AND updated >= %d", clause, since.UnixMilli())
	if len(added) > 0 {
		which = fmt.Sprintf("(%s OR %s)", which, scope.SprintClause(added))
	}
	if compareAll {
		which = "(" + clause + ")"
	}
	changed, err := searchChanges(ctx, r, which+" ORDER BY created ASC")
	r.found.compared = compareAll && err == nil
	if problem.Is(err, jira.BadRequest) {
		changed, err = changesInParts(ctx, r, teams, since, added)
	}
	if err != nil {
		return nil, err
	}
	return leaveOutSame(ctx, r, changed)
}

// listedIssue is an issue that was listed, with the moment of its last change.
type listedIssue struct {
	id      int64
	updated time.Time
}

// inOrder puts issues in ascending order of their ids, each once, as it was listed last.
func inOrder(listed []listedIssue) []listedIssue {
	sorting.By(listed, func(a, b listedIssue) int { return cmp.Compare(a.id, b.id) })
	once := listed[:0]
	for n, one := range listed {
		if n+1 == len(listed) || listed[n+1].id != one.id {
			once = append(once, one)
		}
	}
	return once
}

// leaveOutSame leaves out the issues that are kept as of their last change.
func leaveOutSame(ctx context.Context, r *reading, changed []listedIssue) ([]int64, error) {
	changed = inOrder(changed)
	ids := make([]int64, len(changed))
	for n, one := range changed {
		ids[n] = one.id
	}
	r.keeper.Updates.Keep(ids)
	known, err := r.keeper.Updates.Of(ctx, r.store, ids)
	if err != nil {
		return nil, err
	}
	left, same := []int64(nil), make([]int64, 0, len(ids))
	for _, one := range changed {
		if known[one.id].Equal(one.updated) && !one.updated.IsZero() {
			same = append(same, one.id)
		} else {
			left = append(left, one.id)
		}
	}
	if same, err = leaveOutCounted(ctx, r, same); err != nil {
		return nil, err
	}
	return left, r.countKept(ctx, same)
}

// leaveOutCounted leaves out the issues that were kept by a reading that ended well for every team: for which of them
// they count is known since, unless a team's sprints may be others now.
func leaveOutCounted(ctx context.Context, r *reading, ids []int64) ([]int64, error) {
	if len(ids) == 0 || r.metadata || len(r.teams.completelyRead()) > 0 {
		return ids, nil
	}
	ended := r.at
	for _, t := range r.teams.withoutTrouble() {
		ended = calendar.EarlierOf(ended, t.since)
	}
	later, err := r.store.Issues.ReadSince(ctx, ended.Add(time.Microsecond))
	return slices.DeleteFunc(ids, func(id int64) bool { return !later[id] }), err
}

// searchChanges lists issues with the moment of their last change.
func searchChanges(ctx context.Context, r *reading, jql string) (out []listedIssue, err error) {
	for c, err := range r.jira.Changed(ctx, jql) {
		if err != nil {
			return nil, err
		}
		out = append(out, listedIssue{c.ID, c.Updated})
	}
	return out, nil
}

// changesInParts asks what was changed in questions of one part each, where Jira does not understand the joint one: a
// project is hidden, a sprint or an epic gone since the metadata was read. A team whose project is refused is in
// trouble; where its sprints or epics are, it stays current up to where it was, and the metadata is read anew, so
// that nothing is passed over.
func changesInParts(
	ctx context.Context,
	r *reading,
	teams teamList,
	since time.Time,
	added []jira.SprintInfo,
) (all []listedIssue, err error) {
	minutes := int(r.at.Sub(since).Minutes()) + 1 // the plainest way to say when
	search := func(jql string) error {
		found, err := searchChanges(ctx, r, jql+" ORDER BY created ASC")
		all = append(all, found...)
		return err
	}
	ask := func(clause string) error { return search(fmt.Sprintf(`%s AND updated >= "-%dm"`, clause, minutes)) }
	for _, sprint := range added { // each alone: one of them may be what Jira does not know any more
		err := search(scope.SprintClause([]jira.SprintInfo{sprint}))
		if problem.Is(err, jira.BadRequest) {
			r.found.stale = true
		} else if err != nil {
			return nil, err
		}
	}
	for _, t := range teams {
		err := ask(scope.ProjectClause([]jira.Project{t.found.Project}))
		switch {
		case problem.Is(err, jira.BadRequest):
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
			continue
		case err != nil:
			return nil, err
		}
		parts, err := partsElsewhere(ctx, r, t)
		if err != nil {
			return nil, err
		}
		for _, part := range parts {
			err := ask(part)
			if err != nil && !problem.Is(err, jira.BadRequest) {
				return nil, err
			}
			if err != nil {
				t.held, r.found.stale = true, true
				r.log.Warn(
					"issues of other projects cannot be asked for; the next reading tries again",
					"team",
					t.conf.Name,
					"error",
					err,
				)
			}
		}
	}
	return all, nil
}

// partsElsewhere are where issues of other projects count for a team: in its sprints and in its epics of a quarter.
func partsElsewhere(ctx context.Context, r *reading, t *teamReading) (parts []string, err error) {
	if t.conf.IsWholeProject() && len(t.found.Sprints) > 0 {
		parts = append(parts, scope.SprintClause(t.found.Own))
	}
	epics, err := epicKeys(ctx, r, teamList{t})
	for keys := range slices.Chunk(epics, epicsPerQuery) {
		parts = append(parts, r.jira.InEpics(r.site.Fields, keys))
	}
	return parts, err
}

// epicKeys returns the keys of the teams' epics of a quarter.
func epicKeys(ctx context.Context, r *reading, teams teamList) ([]string, error) {
	var out []string
	for _, t := range teams {
		keys, err := r.epics.KeysOf(ctx, r.store, t.conf, t.found.Project.ID)
		if err != nil {
			return nil, err
		}
		r.found.askedEpics[t.conf.Name] = slices.Clone(keys)
		out = append(out, keys...)
	}
	return out, nil
}

// listTeamEpics lists the issues of other projects that stand in epics of a team; none where Jira refuses the
// question.
func listTeamEpics(ctx context.Context, r *reading, t *teamReading, epics []string) ([]int64, error) {
	var out []int64
	for keys := range slices.Chunk(epics, epicsPerQuery) {
		clause := r.jira.InEpics(r.site.Fields, keys)
		ids, err := r.listIDs(
			ctx,
			fmt.Sprintf("%s AND project != %s ORDER BY created ASC", clause, scope.Quote(t.found.Project.Key)),
		)
		if problem.Is(err, jira.BadRequest) {
			r.found.partly = true
			r.log.Warn("issues of other projects in the epics cannot be asked for", "team", t.conf.Name, "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}
