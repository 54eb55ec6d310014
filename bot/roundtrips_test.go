package bot

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jerem/publish/warp10"
	warp10sim "jerem/sim/warp10"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/db/postgres/pgtest"
	"jerem/sync/synctest"
	"jerem/tools/bench/fakejira"
)

// countedCycles is a bot with a store in PostgreSQL whose cycles are counted in round trips to the server.
type countedCycles struct {
	t     *testing.T
	rig   *rig
	jira  string
	sink  *warp10.Sink
	store *postgres.Database
}

// newCountedCycles has a bot read a site of some issues.
func newCountedCycles(t *testing.T, issues int) *countedCycles {
	t.Helper()
	conf := synctest.Team(fakejira.ProjectKeys(1)[0], 0)
	c := &countedCycles{t: t, rig: newRig(t, synctest.DemoSite(t), conf)}
	var site *fakejira.Site
	jira := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(jira.Close)
	c.jira = jira.URL
	site = fakejira.New(fakejira.Options{Issues: issues, Projects: 1, Address: c.jira})
	c.rig.bot.Reader.Refresh = 1 << 40
	c.rig.bot.Reader.Jira = synctest.NewClient(t, c.jira)
	d, err := postgres.OpenShared(t.Context(), pgtest.Database(t), []db.Part{db.Reading, db.TeamPart(conf.Name)},
		time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	c.store = d
	c.rig.bot.Store = store.New(d)
	c.rig.bot.Reader.Store = c.rig.bot.Store
	server := httptest.NewServer(warp10sim.New())
	t.Cleanup(server.Close)
	c.sink = &warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 2}
	return c
}

// runCycle runs a cycle with what follows it, after some issues changed, and returns its round trips.
func (c *countedCycles) runCycle(changes int) int {
	c.t.Helper()
	if changes > 0 {
		answer, err := http.Post(fmt.Sprintf("%s/bench/change?issues=%d", c.jira, changes), "", nil)
		if err != nil {
			c.t.Fatal(err)
		}
		answer.Body.Close()
	}
	before := c.store.RoundTrips()
	if !c.rig.bot.readLed(c.t.Context()) {
		c.t.Fatal("the only instance does not read")
	}
	if _, err := c.rig.bot.postLed(c.t.Context(), c.sink); err != nil {
		c.t.Fatal(err)
	}
	if err := c.rig.bot.KeepViews(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
	return int(c.store.RoundTrips() - before)
}

// TestRoundTripsOfCycles: a cycle in which nothing happened takes few round trips to the server, and one with changes
// hardly more for a hundred issues than for five, sink and views included: what grows with issues and series is asked
// for and written in sets.
func TestRoundTripsOfCycles(t *testing.T) {
	t.Parallel()
	c := newCountedCycles(t, 150)
	c.runCycle(0)
	c.runCycle(1)
	c.runCycle(0)
	quiet := c.runCycle(0)
	t.Logf("%d in a quiet cycle", quiet)
	if quiet > 29 {
		t.Errorf("a cycle in which nothing happened takes %d round trips", quiet)
	}
	few, many := c.runCycle(5), c.runCycle(100)
	t.Logf("%d with 5 changes, %d with 100", few, many)
	if few > 95 || many > few+15 {
		t.Errorf("a cycle with 5 changes takes %d round trips, with 100 changes %d", few, many)
	}
}
