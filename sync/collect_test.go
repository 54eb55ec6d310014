package sync

import (
	"bytes"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestConservationOfSites: at every event of every sprint the ledger's rest is what a recount of the
// open issues gives, for the demo and for all recorded sites.
func TestConservationOfSites(t *testing.T) {
	check := func(t *testing.T, site *jirasim.Site, name string, board int64) {
		conf := synctest.Team(name, board)
		team := newRig(t, site, conf).collect(t, conf)
		events := conserved(t, team)
		if events == 0 {
			t.Error("no event was checked")
		}
	}
	t.Run("demo", func(t *testing.T) { check(t, synctest.DemoSite(t), "K8S", 0) })
	t.Run("devlake", func(t *testing.T) { check(t, synctest.RecordedSite(t, "devlake"), "EE", 8) })
	t.Run("jirametrics", func(t *testing.T) { check(t, synctest.RecordedSite(t, "jirametrics/site"), "SP", 2) })
}

// conserved checks the identity at every event of every sprint and returns how many there were.
func conserved(t *testing.T, team *measure.Team) int {
	t.Helper()
	events := 0
	for _, head := range team.Sprints(team.Now()) {
		sp, err := team.Sprint(head.ID, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		if sp.Ledger == nil {
			continue
		}
		checkLedger(t, sp)
		for i, e := range sp.Ledger.Entries {
			if i+1 < len(sp.Ledger.Entries) && sp.Ledger.Entries[i+1].Time.Equal(e.Time) {
				continue
			}
			then, err := team.Sprint(head.ID, e.Time)
			if err != nil {
				t.Fatal(err)
			}
			events++
			if open := then.ToDo.Estimate + then.Doing.Estimate; math.Abs(open-e.Remaining) > 1e-6 {
				t.Errorf("%s at %v: ledger %v, recount %v", sp.Name, e.Time, e.Remaining, open)
			}
		}
	}
	return events
}

func checkLedger(t *testing.T, sp *measure.Sprint) {
	t.Helper()
	l := sp.Ledger
	if rest := l.Commitment + l.Added - l.Removed + l.Reestimated - l.Completed + l.Reopened; math.Abs(
		rest-l.Remaining,
	) > 1e-6 {
		t.Errorf("%s: the sums give %v, remaining is %v", sp.Name, rest, l.Remaining)
	}
}

// TestDemoFigures: the demo's sprint, worked out from its story by hand.
func TestDemoFigures(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	team := newRig(t, synctest.DemoSite(t), conf).collect(t, conf)
	want := "38 + 5 - 3 + 3 - 18 + 2 = 27; completed 16 outside 0 scope 43 kept 16; to do 12 in 4, doing 15 in " +
		"3, done 16 in 5; unestimated 1"
	if got := synctest.SprintFigures(t, team, 23, 1); got != want {
		t.Errorf("sprint 23\n got %s\nwant %s", got, want)
	}
}

// TestRequests: a full reading costs few requests: one walk of ids, one read of fields and one of
// histories for a thousand issues, and the small sets.
func TestRequests(t *testing.T) {
	for name, site := range map[string]func(*testing.T) *jirasim.Site{
		"demo":    synctest.DemoSite,
		"devlake": func(t *testing.T) *jirasim.Site { return synctest.RecordedSite(t, "devlake") },
	} {
		t.Run(name, func(t *testing.T) {
			project, board := "K8S", int64(0)
			if name == "devlake" {
				project, board = "EE", 8
			}
			conf := synctest.Team(project, board)
			r := newRig(t, site(t), conf)
			r.collect(t, conf)
			counts := r.sim.Counts()
			bulk := counts["POST /rest/api/3/search/jql"] + counts["POST /rest/api/3/"+
				"issue/bulkfetch"] + counts["POST /rest/api/3/changelog/bulkfetch"]
			if bulk > 4 { // 1.1 × (1 + 1 + 1), and one search for other projects
				t.Errorf("%d requests for issues, 4 are allowed: %v", bulk, counts)
			}
			for template, n := range counts {
				if strings.Contains(template, "worklog") || strings.Contains(template, "sprint") {
					continue
				}
				if n > 2 {
					t.Errorf("%s was asked %d times", template, n)
				}
			}
		})
	}
}

// TestReadingTwice: a second reading changes nothing.
func TestReadingTwice(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	first := synctest.Export(t, r.collect(t, conf))
	if second := synctest.Export(t, r.collect(t, conf)); second != first {
		t.Error("a second reading of an unchanged Jira changed the series")
	}
	if n, changed, err := r.reader.Rebuild(t.Context()); err != nil || n == 0 || changed != 0 {
		t.Errorf("rebuild: %d issues, %d changed, %v; what is kept must give the same again", n, changed, err)
	}
}

// TestOneTeamsTrouble: a project that is not there leaves the other team unharmed, and is told.
func TestOneTeamsTrouble(t *testing.T) {
	good, bad := synctest.Team("K8S", 0), synctest.Team("NOPE", 0)
	r := newRig(t, synctest.DemoSite(t), bad, good)
	_, err := r.reader.Collect(t.Context(), false)
	if err == nil || !strings.Contains(err.Error(), `team NOPE`) || !strings.Contains(err.Error(), "K8S") {
		t.Errorf("the error must name the team, and the projects there are: %v", err)
	}
	if _, err := r.reader.Store.Teams.History(t.Context(), good); err != nil {
		t.Errorf("the other team: %v", err)
	}
	if _, err := r.reader.Store.Teams.History(t.Context(), bad); err == nil ||
		!strings.Contains(err.Error(), "NOPE") {
		t.Errorf("the team in trouble: %v", err)
	}
}

// TestNoPerson: the simulated Jira puts people and free text into every place where a real one does;
// nothing of them is in the store, the kept documents, the log or the series. (The pages and the API
// are searched where they are served, in cmd.)
func TestNoPerson(t *testing.T) {
	r := newPeopleRig(t)
	kept := r.collectPeople(t)
	r.reader.Store.Close()
	files, _ := filepath.Glob(r.path + "*")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		kept.Write(b)
	}
	expectNoPerson(t, kept.String())
}

// newPeopleRig is a rig of a site with people and free text in every place that can hold them.
func newPeopleRig(t *testing.T) *rig {
	t.Helper()
	src, err := os.ReadFile("testdata/people.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site, err := jirasim.LoadScenario("people.txtar", src)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, site, synctest.Team("K8S", 0))
	if sent := ask(r, "/rest/api/3/issue/K8S-1?expand=changelog"); !strings.Contains(sent, "Markerperson Three") ||
		!strings.Contains(sent, "Markertext") {
		t.Fatal("the simulated Jira sends no people: there would be nothing to find")
	}
	return r
}

// collectPeople reads the site, and returns what is logged, exported and kept of its issues.
func (r *rig) collectPeople(t *testing.T) *bytes.Buffer {
	t.Helper()
	var kept bytes.Buffer
	r.reader.Log = slog.New(slog.NewTextHandler(&kept, &slog.HandlerOptions{Level: slog.LevelDebug}))
	kept.WriteString(synctest.Export(t, r.collect(t, r.reader.Teams[0])))
	docs := 0
	for doc, err := range r.reader.Store.Issues.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		docs++
		kept.Write(doc.Raw)
	}
	if docs != 2 || !strings.Contains(kept.String(), "An impediment") {
		t.Fatalf("%d documents, want 2 with their titles: the search would find nothing in nothing", docs)
	}
	return &kept
}

// expectNoPerson looks for people and free text of the site.
func expectNoPerson(t *testing.T, kept string) {
	t.Helper()
	for _, mark := range []string{"Markerperson", "markerperson", "Markertext", "5b10ac8d82e05b22cc7d",
		"example.com", "Telemetry Reader"} {
		if strings.Contains(kept, mark) {
			t.Errorf("%q is kept", mark)
		}
	}
}

// ask returns what the simulated Jira answers.
func ask(r *rig, address string) string {
	req := httptest.NewRequest(http.MethodGet, address, nil)
	req.SetBasicAuth("bot@example.org", "token")
	rec := httptest.NewRecorder()
	r.sim.ServeHTTP(rec, req)
	return rec.Body.String()
}
