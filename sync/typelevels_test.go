package sync

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestTypeRaised: an ordinary issue type that is an epic at one reading is doubted: its issues stay in the sprints that
// they stood in, and the figures say so. A second reading that finds the same is believed, and then the sprint of the
// time before says that the types were others.
func TestTypeRaised(t *testing.T) {
	conf := synctest.Team("AA", 1)
	r, clock := livingRig(t, ruledTeam(""), conf)
	team := r.collect(t, conf)
	before := storiesOf(t, team)
	site := synctest.StorySite(t, ruledTeam(""))
	sim := jirasim.NewServer(site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: clock.Now})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !strings.HasSuffix(req.URL.Path, "/issuetype") {
			sim.ServeHTTP(w, req)
			return
		}
		rec := httptest.NewRecorder()
		sim.ServeHTTP(rec, req)
		raised := strings.ReplaceAll(rec.Body.String(), `"hierarchyLevel":0`, `"hierarchyLevel":1`)
		if raised == rec.Body.String() {
			t.Errorf("no type is raised in %s", raised)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(raised))
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
	for n, c := range []struct {
		issues int
		reason string
	}{{before, "list of issue types"}, {0, "issue types were epics, ordinary or sub-tasks otherwise"}} {
		clock.Set(clock.Now().Add(2 * time.Hour))
		r.restart(t)
		_, _ = r.reader.Collect(t.Context(), false) // the first one is doubted, which is an error of the team
		team = r.kept(t, conf)
		sprint, err := team.Sprint(1, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		if got := storiesOf(t, team); got != c.issues {
			t.Errorf("reading %d: %d issues in the sprint, want %d", n+1, got, c.issues)
		}
		if !slices.ContainsFunc(sprint.Quality.Reasons, func(s string) bool { return strings.Contains(s, c.reason) }) {
			t.Errorf("reading %d: the reasons are %q, want %q among them", n+1, sprint.Quality.Reasons, c.reason)
		}
	}
}

// storiesOf counts the issues that stand in the first sprint.
func storiesOf(t *testing.T, team *measure.Team) int {
	t.Helper()
	sprint, err := team.Sprint(1, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	return len(sprint.Issues)
}
