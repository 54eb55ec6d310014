package check

import (
	"net/http"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestCheckTeamField: a team by the Team field is told by which field, and where there is none; no filter is checked
// that is not configured.
func TestCheckTeamField(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	conf.Works = "Platform"
	for _, there := range []bool{false, true} {
		client, faults := faultyJira(t, jirasim.Cloud)
		faults.On("/field", jirasim.Fault{Edit: func(_ *http.Request, answer any) any {
			if !there {
				return answer
			}
			return append(answer.([]any), map[string]any{"id": "customfield_900", "name": "Team", "custom": true,
				"schema": map[string]any{"type": "team",
					"custom": "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"}})
		}})
		told := 0
		for _, f := range Run(t.Context(), client, []agile.Team{conf}, jiraClock) {
			switch {
			case f.Part == "jql_filter":
				t.Errorf("a filter is checked: %+v", f)
			case f.Part == "team" && (f.OK != there || (f.Details["field"] == "customfield_900") != there):
				t.Errorf("there %v: %+v", there, f)
			case f.Part == "team":
				told++
			}
		}
		if told != 1 {
			t.Errorf("it is told %d times", told)
		}
	}
}
