package sync

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/jira"
	"jerem/problem"
	"jerem/sync/scope"
)

// scope lists the issues of teams in one walk: those of their projects and, for teams without a
// filter, those of other projects that stand in their sprints.
func (r *reading) scope(ctx context.Context, teams []*teamReading) ([]int64, error) {
	ids, err := r.ids(ctx, r.scopeClause(teams)+" ORDER BY created ASC")
	if !problem.Is(err, jira.BadRequest) {
		return ids, err
	}
	// One team's part of the question is not understood: ask for each alone.
	var all []int64
	for _, t := range teams {
		ids, err := r.teamScope(ctx, t)
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

// teamScope lists the issues of one team, in two walks.
func (r *reading) teamScope(ctx context.Context, t *teamReading) ([]int64, error) {
	ids, err := r.ids(ctx, fmt.Sprintf("project = %s ORDER BY created ASC", scope.Quote(t.project.Key)))
	if err != nil || t.conf.Filter != "" || len(t.sprints) == 0 {
		return ids, err
	}
	others, err := r.ids(ctx, fmt.Sprintf("sprint in (%s) AND project != %s ORDER BY created ASC", sprintIDs(t.mine), scope.Quote(t.project.Key)))
	if problem.Is(err, jira.BadRequest) {
		r.Log.Warn("issues of other projects in the sprints cannot be asked for", "team", t.conf.Name, "error", err)
		return ids, nil
	}
	return scope.Unique(append(ids, others...)), err
}

// scopeClause says what belongs to teams, in JQL.
func (r *reading) scopeClause(teams []*teamReading) string {
	var sprints []jira.SprintInfo
	for _, t := range teams {
		if t.conf.Filter == "" {
			sprints = append(sprints, t.mine...)
		}
	}
	jql := r.projectClause(teams)
	if len(sprints) > 0 {
		jql += " OR sprint in (" + sprintIDs(sprints) + ")"
	}
	return jql
}

// projectClause names the projects of teams, in JQL.
func (r *reading) projectClause(teams []*teamReading) string {
	var projects []string
	for _, t := range teams {
		if key := scope.Quote(t.project.Key); !slices.Contains(projects, key) {
			projects = append(projects, key)
		}
	}
	if len(projects) == 1 {
		return "project = " + projects[0]
	}
	return "project in (" + strings.Join(projects, ", ") + ")"
}

func sprintIDs(sprints []jira.SprintInfo) string {
	var ids []string
	for _, s := range sprints {
		if id := strconv.FormatInt(s.ID, 10); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, ", ")
}

func (r *reading) ids(ctx context.Context, jql string) ([]int64, error) {
	var out []int64
	for id, err := range r.Jira.IDs(ctx, jql) {
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return scope.Unique(out), nil
}
