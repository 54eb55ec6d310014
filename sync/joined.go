package sync

import (
	"context"
	"slices"

	"jerem/jira"
	"jerem/sync/scope"
)

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
