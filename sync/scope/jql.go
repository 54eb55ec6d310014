package scope

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/jira"
)

// Quote writes a text as JQL does, so that a key that is a word of JQL stays a key.
func Quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// InProject narrows a query of the configuration to a project, for a reading and for a check. Its order cannot stand
// in parentheses and does not matter; one that is an order alone matches all.
func InProject(key, jql string) string {
	condition := jira.Filter(jql)
	if condition == "" {
		return "project = " + Quote(key)
	}
	return fmt.Sprintf("project = %s AND (%s)", Quote(key), condition)
}

// Clause says which issues count for teams: those of their projects, and those that stand in their sprints.
func Clause(projects []jira.Project, sprints []jira.SprintInfo) string {
	jql := ProjectClause(projects)
	if len(sprints) > 0 {
		jql += " OR " + SprintClause(sprints)
	}
	return jql
}

// ProjectClause names projects, each once.
func ProjectClause(projects []jira.Project) string {
	var keys []string
	for _, p := range projects {
		if key := Quote(p.Key); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 1 {
		return "project = " + keys[0]
	}
	return "project in (" + strings.Join(keys, ", ") + ")"
}

// SprintClause names sprints, each once.
func SprintClause(sprints []jira.SprintInfo) string {
	ids := make([]int64, len(sprints))
	for n, s := range sprints {
		ids[n] = s.ID
	}
	return "sprint in (" + IDList(Unique(ids)) + ")"
}

// IDList writes ids as a list.
func IDList(ids []int64) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, strconv.FormatInt(id, 10))
	}
	return strings.Join(parts, ", ")
}
