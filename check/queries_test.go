package check

import (
	"strings"
	"testing"

	"jerem/agile"
	"jerem/agile/query"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
)

// TestCheckRefusesQueriesOfPersons: a check refuses what a reading would, and looks at nothing of the team; the others
// are looked at as if it were not there.
func TestCheckRefusesQueriesOfPersons(t *testing.T) {
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		client, planned := faultyJira(t, dialect)
		planned.On("/field", jirasim.Fault{Edit: faults.MoreFields(1, "user")})
		refused, other := synctest.Team("K8S", 0), synctest.Team("K8S", 0)
		refused.Name, refused.Filter = "One", "cf[20000] = zeb"
		refused.Impediment.JQL = `labels = x and "Field 0" was zeb`
		parts := map[string]Finding{}
		for _, f := range Run(t.Context(), client, []agile.Team{refused, other}, jiraClock) {
			if f.Team == "One" {
				parts[f.Part] = f
			} else if !f.OK || f.Part == "shared" {
				t.Errorf("%+v", f)
			}
		}
		for key, what := range map[string]string{"jql_filter": "(cf[20000])", "impediment.jql": "(field 0)"} {
			f := parts[key]
			if f.OK || f.Code != query.Refused || !strings.Contains(f.Found, what) ||
				!strings.Contains(f.Hint, "group") {
				t.Errorf("%s: %+v", key, f)
			}
		}
		if len(parts) != 2 {
			t.Errorf("more is told of the team: %+v", parts)
		}
	})
}
