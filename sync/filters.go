package sync

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/doubts"
	"jerem/sync/gaps"
	"jerem/sync/metadata"
	"jerem/sync/plan"
	"jerem/sync/scope"
)

// askFilters asks which issues match teams' filters and their impediment queries. That is counted, for an
// issue may begin or cease to match without a change of its own; between refreshes what is known holds.
func askFilters(ctx context.Context, r *reading, teams teamList) error {
	for _, t := range teams {
		if err := askTeamFilters(ctx, r, t); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
		}
	}
	return nil
}

func askTeamFilters(ctx context.Context, r *reading, t *teamReading) error {
	known, noted, err := metadata.Known(ctx, r.store, t.conf.Name)
	if err != nil {
		return err
	}
	now := plan.KnownTeam{
		Project:  t.found.Project,
		Board:    t.found.BoardID(),
		Settings: plan.SettingsOf(t.conf, r.site.Zone),
		State:    &known,
	}
	if !now.ReadAsNow() { // other questions were asked before
		known.Matches, known.Impeded = nil, nil
	}
	if t.matches, err = askFilter(ctx, r, t, "jql_filter", t.conf.Filter, known.Matches, noted); err != nil {
		return err
	}
	if err := askMoved(ctx, r, t, known.Matches); err != nil {
		return err
	}
	t.impeded, err = askFilter(ctx, r, t, "impediment.jql", t.conf.Impediment.JQL, known.Impeded, noted)
	return err
}

// askMoved asks which issues that stand in other projects now match a team's filter: the team's project held some of
// them once, and what it was then counts. In a project that Jira does not show, what is known stays.
func askMoved(ctx context.Context, r *reading, t *teamReading, before map[int64]bool) error {
	if t.matches == nil {
		return nil
	}
	elsewhere, err := r.store.Issues.OfOtherProjects(ctx, t.conf.Name, t.found.Project.ID)
	if err != nil {
		return err
	}
	for _, project := range slices.Compact(slices.Sorted(maps.Values(elsewhere))) {
		ids, err := r.listIDs(ctx, scope.InProject(project, t.conf.Filter))
		if problem.Is(err, jira.BadRequest) {
			r.log.Warn("what moved to another project cannot be asked for by the filter", "team", t.conf.Name,
				"project", project, "error", err)
			ids = slices.Collect(maps.Keys(before))
		} else if err != nil {
			return fmt.Errorf("jql_filter %q: %w", t.conf.Filter, err)
		}
		for _, id := range ids {
			if elsewhere[id] == project {
				t.matches[id] = true
			}
		}
	}
	return nil
}

// askFilter asks for the issues that match a query of the configuration, nil without one. Where most of those that
// matched before are gone at once, these stay until a later reading says so too.
func askFilter(
	ctx context.Context,
	r *reading,
	t *teamReading,
	key, jql string,
	before map[int64]bool,
	noted []store.Gap,
) (map[int64]bool, error) {
	if jql == "" {
		return nil, nil
	}
	ids, err := r.listIDs(ctx, scope.InProject(t.found.Project.Key, jql))
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", key, jql, err)
	}
	now := map[int64]bool{}
	for _, id := range ids {
		now[id] = true
	}
	subject := agile.NewSubject(agile.SubjectFilterCollapsed, key)
	if !hasCollapsed(now, before) || gaps.ShrunkBefore(noted, agile.SourceScope, subject) {
		return now, nil
	}
	t.notes.Add(
		store.Gap{Source: agile.SourceScope, Code: agile.GapShrunk, Subject: subject},
		doubts.New(doubts.FilterCollapsed, key, len(now), len(before)),
	)
	return before, nil
}

// hasCollapsed tells whether most of a set is gone at once.
func hasCollapsed(now, before map[int64]bool) bool {
	return len(now) == 0 && len(before) > 0 || len(before)-len(now) > 10 && 2*len(now) < len(before)
}
