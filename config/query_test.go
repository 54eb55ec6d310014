package config

import (
	"strings"
	"testing"
)

// TestQueriesOfPersonsAreRefused: the error names the place, for every query of the file, and so does that of a saved
// filter which cannot be looked at.
func TestQueriesOfPersonsAreRefused(t *testing.T) {
	const file = "jira: {url: https://jira.example, token: t}\nimpediment.jql: reporter = ada\nprojects:\n" +
		"  - name: K8S\n    jql_filter: assignee = ada\n  - name: OB\n    jql_filter: filter = \"Mine\"\n"
	_, err := Load("jerem.yml", []byte(file), variables())
	if err == nil || strings.Count(err.Error(), "never a person") != 2 ||
		!strings.Contains(err.Error(), "jerem.yml:2:") || !strings.Contains(err.Error(), "jerem.yml:5:") ||
		!strings.Contains(err.Error(), "jerem.yml:7:") || !strings.Contains(err.Error(), "by its name (mine)") {
		t.Errorf("%v", err)
	}
}
