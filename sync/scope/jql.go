package scope

import (
	"fmt"
	"strings"

	"jerem/jira"
)

// Quote writes a text as JQL does, so that a key that is a word of JQL stays a key.
func Quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// InProject narrows a query of the configuration to a project, for a reading and for a check. Its order cannot stand in
// parentheses and does not matter; one that is an order alone matches all.
func InProject(key, jql string) string {
	condition := jira.Filter(jql)
	if condition == "" {
		return "project = " + Quote(key)
	}
	return fmt.Sprintf("project = %s AND (%s)", Quote(key), condition)
}
