package sync

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestUnreadable: an issue that comes in a shape that cannot be read leaves what was known of it as it is, is told in
// the grade of the figures, and is asked for with each reading until it can be read, though nothing of it changes any
// more.
func TestUnreadable(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r, c := livingRig(t, synctest.LivingStory, conf)
	sim := jirasim.NewServer(livingSite(t), jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now})
	var broken atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !broken.Load() || !strings.HasSuffix(req.URL.Path, "/issue/bulkfetch") {
			sim.ServeHTTP(w, req)
			return
		}
		rec := httptest.NewRecorder()
		sim.ServeHTTP(rec, req)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(
			bytes.ReplaceAll(
				rec.Body.Bytes(),
				[]byte(`"created":"2026-`),
				[]byte(`"created":["2026-`+"\"],\"was\":\""),
			),
		)
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)

	begin := time.Date(2026, 10, 8, 12, 0, 0, 0, time.UTC)
	c.Set(begin)
	r.collect(t, conf)
	broken.Store(true)
	c.Set(begin.AddDate(0, 0, 9))
	team := r.collect(t, conf)
	if !strings.Contains(reasons(t, team), "cannot be read: K8S-") {
		t.Errorf("the grade does not tell: %s", reasons(t, team))
	}
	broken.Store(false)
	c.Set(begin.AddDate(0, 0, 9).Add(30 * time.Minute))
	team = r.collect(t, conf)
	if strings.Contains(reasons(t, team), "cannot be read") {
		t.Errorf("the grade goes on telling: %s", reasons(t, team))
	}
	other, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(c.Now())
	if got, want := synctest.Export(t, team), synctest.Export(t, other.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
	r.reader.Refresh = time.Hour
	c.Set(c.Now().Add(time.Minute))
	r.collect(t, conf)
	c.Set(c.Now().Add(time.Minute))
	before := len(sim.Requests())
	r.collect(t, conf)
	if n := len(sim.Requests()) - before; n > 3 {
		t.Errorf("what can be read again is asked for further: %d requests", n)
	}
}

// reasons are those of the grades of all sprints.
func reasons(t *testing.T, team *measure.Team) string {
	t.Helper()
	var out []string
	for _, head := range team.Sprints(team.Now()) {
		sp, err := team.Sprint(head.ID, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sp.Quality.Reasons...)
	}
	return strings.Join(out, "; ")
}
