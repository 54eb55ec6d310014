package wire

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestHoldsPeople: a field is of people by its type, by that of its items or by its kind; a group is none.
func TestHoldsPeople(t *testing.T) {
	for schema, want := range map[string]bool{
		`{"type":"user","system":"assignee"}`: true,
		`{"type":"array","items":"user",` +
			`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multiuserpicker"}`: true,
		`{"type":"array","items":"user",` +
			`"custom":"com.atlassian.servicedesk:sd-request-participants"}`: true,
		`{"type":"array","items":"user",` +
			`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:people"}`: true,
		`{"type":"any",` +
			`"custom":"com.onresolve.jira.groovy:multiple-user-userpicker"}`: true,
		`{"type":"string",` +
			`"custom":"com.atlassian.jira.toolkit:lastusercommented"}`: true,
		`{"type":"group",` +
			`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:grouppicker"}`: false,
		`{"type":"array","items":"group",` +
			`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:multigrouppicker"}`: false,
		`{"type":"string","custom":"com.example.stories:userstory"}`:                            false,
		`{"type":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:select"}`: false,
		`null`: false,
	} {
		var f Field
		if err := json.Unmarshal([]byte(`{"id":"customfield_7","schema":`+schema+`}`), &f); err != nil {
			t.Fatal(err)
		}
		if got := f.HoldsPeople(); got != want {
			t.Errorf("%s: %v", schema, got)
		}
	}
}

// TestQueryNames: a field is known to queries by every name that is told, and by its number.
func TestQueryNames(t *testing.T) {
	f := Field{ID: "customfield_7", Name: "Prüferin", Plain: "Reviewer", Clauses: []string{"CF[7]", "Reviewer[People]"}}
	for _, name := range []string{"customfield_7", "cf[7]", "Prüferin", "Reviewer", "Reviewer[People]"} {
		if !slices.Contains(f.QueryNames(), name) {
			t.Errorf("%s is lacking: %v", name, f.QueryNames())
		}
	}
}
