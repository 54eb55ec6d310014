package sync

import (
	"context"
	"fmt"
	"slices"

	"jerem/jira"
	"jerem/problem"
	"jerem/sync/scope"
)

// listAll lists all issues of teams, has those that are kept and not listed any more confirmed, and returns those
// that are to be read.
func listAll(ctx context.Context, r *reading, teams teamList) ([]int64, error) {
	listed, err := listScope(ctx, r, teams)
	if err != nil {
		return nil, err
	}
	r.found.listed = map[int64]bool{}
	for _, id := range listed {
		r.found.listed[id] = true
	}
	if err := reconcileTeams(ctx, r, teams); err != nil {
		return nil, err
	}
	return leaveOutKept(ctx, r, listed)
}

// listScope lists the issues of teams in one walk: those of their projects and, for teams without a
// filter, those of other projects that stand in their sprints.
func listScope(ctx context.Context, r *reading, teams teamList) ([]int64, error) {
	ids, err := r.listIDs(ctx, scope.Clause(teams.listProjects(), teams.listSprints())+" ORDER BY created ASC")
	if !problem.Is(err, jira.BadRequest) {
		return ids, err
	}
	// One team's part of the question is not understood: each is asked for alone.
	var all []int64
	for _, t := range teams {
		ids, err := listTeam(ctx, r, t)
		if err != nil {
			if !problem.Is(err, jira.BadRequest) {
				return nil, err
			}
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
			continue
		}
		all = append(all, ids...)
	}
	return scope.Unique(all), nil
}

// listTeam lists the issues of one team, in two walks.
func listTeam(ctx context.Context, r *reading, t *teamReading) ([]int64, error) {
	project := scope.Quote(t.found.Project.Key)
	ids, err := r.listIDs(ctx, fmt.Sprintf("project = %s ORDER BY created ASC", project))
	if err != nil || !t.conf.IsWholeProject() || len(t.found.Sprints) == 0 {
		return ids, err
	}
	others, err := r.listIDs(
		ctx,
		fmt.Sprintf("%s AND project != %s ORDER BY created ASC", scope.SprintClause(t.found.Own), project),
	)
	if problem.Is(err, jira.BadRequest) {
		r.found.partly = true
		r.log.Warn("issues of other projects in the sprints cannot be asked for", "team", t.conf.Name, "error", err)
		return ids, nil
	}
	return scope.Unique(append(ids, others...)), err
}

// leaveOutKept leaves out of listed issues those that the plan says are kept well enough. Of which teams these are is
// found out again where a back-fill goes on: the reading that kept them ended before it could tell.
func leaveOutKept(ctx context.Context, r *reading, listed []int64) ([]int64, error) {
	if !r.plan.LeaveOut.Kept {
		return listed, nil
	}
	read, err := r.store.Issues.ReadSince(ctx, r.plan.LeaveOut.Since)
	if err != nil {
		return nil, err
	}
	var left, kept []int64
	for _, id := range listed {
		if read[id] {
			kept = append(kept, id)
		} else {
			left = append(left, id)
		}
	}
	if r.plan.LeaveOut.Since.IsZero() {
		return left, nil
	}
	return left, r.countKept(ctx, kept)
}

// epicsPerQuery bounds the length of a query.
const epicsPerQuery = 500

// listEpics lists the issues of other projects whose epic is one of the teams' epics of a quarter, but for those that
// were read already: of teams that are read whole, and whenever all issues are listed, for an epic may get its
// quarter later. Else they are asked for with what was changed.
func listEpics(ctx context.Context, r *reading, teams teamList, read []int64) ([]int64, error) {
	var elsewhere []int64
	known := map[int64]bool{}
	for _, id := range read {
		known[id] = true
	}
	for _, t := range teams {
		keys, err := r.epics.KeysOf(ctx, r.store, t.conf, t.found.Project.ID)
		if err != nil {
			return nil, err
		}
		ids, err := listTeamEpics(ctx, r, t, keys)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			t.others[id], r.found.inEpics[id] = true, true
			if !known[id] {
				known[id] = true
				elsewhere = append(elsewhere, id)
			}
		}
	}
	return leaveOutKept(ctx, r, elsewhere)
}

// addedSprints lists the sprints that are a team's since this reading: what stands in them counts for it from now on,
// though none of it was changed. A team with a filter has none, for it counts no issues of other projects.
func addedSprints(ctx context.Context, r *reading, teams teamList) (added []jira.SprintInfo, err error) {
	for _, t := range teams {
		if !t.conf.IsWholeProject() || !r.metadata && !t.again {
			continue
		}
		mine, _, err := r.store.Sprints.OfTeam(ctx, t.conf.Name, t.found.BoardID())
		if err != nil {
			return nil, err
		}
		known := map[int64]bool{}
		for _, s := range mine {
			known[s.ID] = true
		}
		for _, s := range t.found.Own {
			if !known[s.ID] {
				added = append(added, s)
			}
		}
	}
	return added, nil
}

// readAddedEpics reads the issues of other projects that stand in epics which are a team's since this reading read
// them: they count for it from now on, though none of them was changed. Where all issues are listed their epics are
// asked for anyway.
func readAddedEpics(ctx context.Context, r *reading, read []int64) error {
	if r.plan.Reconciled || len(read) == 0 {
		return nil
	}
	var elsewhere []int64
	for _, t := range r.teams.withoutTrouble() {
		asked, known := r.found.askedEpics[t.conf.Name]
		if !known {
			continue
		}
		keys, err := r.epics.KeysOf(ctx, r.store, t.conf, t.found.Project.ID)
		if err != nil {
			return err
		}
		added := slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(asked, key) })
		ids, err := listTeamEpics(ctx, r, t, added)
		if err != nil {
			return err
		}
		for _, id := range ids {
			t.others[id] = true
		}
		elsewhere = append(elsewhere, ids...)
	}
	elsewhere = slices.DeleteFunc(scope.Unique(elsewhere), func(id int64) bool { return slices.Contains(read, id) })
	return r.readIssues(ctx, elsewhere, func(int, int) {})
}
