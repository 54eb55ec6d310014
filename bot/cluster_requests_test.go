package bot

import (
	"database/sql"
	"fmt"
	"log/slog"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/store/sharing"
	reading "jerem/sync"
	"jerem/sync/synctest"
)

// readers are three instances on one database, and one process with a store of its own, at two servers of one site.
// The requests that each server was asked are counted by kind.
type readers struct {
	t                 *testing.T
	clock             *synctest.Clock
	shared, aloneJira *jirasim.Server
	instances         []*Bot
	alone             *rig
	pool              *sql.DB
}

// newReaders starts three instances and one process of a story.
func newReaders(t *testing.T, from time.Time) *readers {
	t.Helper()
	r := &readers{t: t, clock: &synctest.Clock{}}
	r.clock.Set(from)
	conf := synctest.Team("K8S", 0)
	url := pgtest.Database(t)
	r.alone = newRig(t, synctest.StorySite(t, synctest.LivingStory), conf)
	options := jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: r.clock.Now}
	r.alone.serve(t, synctest.StorySite(t, synctest.LivingStory), options)
	r.aloneJira = r.alone.sim
	r.shared = jirasim.NewServer(synctest.StorySite(t, synctest.LivingStory), options)
	server := httptest.NewServer(r.shared)
	t.Cleanup(server.Close)
	for range 3 {
		s, err := places.OpenShared(t.Context(), url, []string{conf.Name}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		log := slog.New(slog.DiscardHandler)
		r.instances = append(r.instances, &Bot{Teams: []agile.Team{conf}, Store: s, Log: log,
			Reader: &reading.Reader{Teams: []agile.Team{conf}, Now: time.Now, Log: log, Store: s,
				Jira: synctest.NewClient(t, server.URL)}})
	}
	pool, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	r.pool = pool
	return r
}

// readOnceEach lets every instance read that leads the reading, until one did, and returns which.
func (r *readers) readOnceEach() (leader int) {
	r.t.Helper()
	for range 600 {
		leader = -1
		for n, b := range r.instances {
			if !b.readLed(r.t.Context()) {
				continue
			}
			if leader >= 0 {
				r.t.Fatal("two instances read in one cycle")
			}
			leader = n
		}
		if leader >= 0 {
			return leader
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatal("after half a minute still none of the instances reads")
	return -1
}

// compareCycle has the instances and the one process read, and holds the requests of both to be the same by kind.
func (r *readers) compareCycle(what string) (leader int, requests map[string]int) {
	r.t.Helper()
	r.shared.Reset()
	r.aloneJira.Reset()
	leader = r.readOnceEach()
	if err := r.alone.bot.readOnce(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	requests = countKinds(r.shared)
	if diff := cmp.Diff(countKinds(r.aloneJira), requests); diff != "" {
		r.t.Errorf("%s: three instances ask otherwise than one process (-one +three):\n%s", what, diff)
	}
	return leader, requests
}

// countKinds counts the requests that a server was asked, by kind. A client that does not know a Jira yet asks for its
// version by the older form of the question, which is the same kind.
func countKinds(served *jirasim.Server) map[string]int {
	counts := map[string]int{}
	for kind, n := range served.Counts() {
		counts[strings.Replace(kind, "/rest/api/2/serverInfo", "/rest/api/3/serverInfo", 1)] += n
	}
	return counts
}

// TestInstancesAskAsOne: three instances ask Jira for as much as one process, by kind and in each cycle: the first one,
// one in which nothing happened, one with changes. A takeover costs what a start of one process costs, which is the
// metadata, and reads no issue again; the cycle after it costs what any costs.
func TestInstancesAskAsOne(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC)
	r := newReaders(t, at)
	cycle := func(what string, later time.Duration) (int, map[string]int) {
		at = at.Add(later)
		r.clock.Set(at)
		return r.compareCycle(what)
	}
	cycle("the first reading", 0)
	leader, quiet := cycle("nothing happened", time.Minute)
	_, changed := cycle("something changed", 2*time.Hour)
	if maps.Equal(quiet, changed) {
		t.Fatal("nothing changed in the story")
	}
	for n, end := range []func(leader int){r.endInstance, r.lapseLease} {
		end(leader)
		r.alone.restart(t)
		next, taken := cycle(fmt.Sprintf("takeover %d", n+1), time.Minute)
		if taken[issueRequests] != 0 {
			t.Errorf("takeover %d: issues are read again: %v", n+1, taken)
		}
		if _, after := cycle("after a takeover", time.Minute); !maps.Equal(after, quiet) {
			t.Errorf("after takeover %d a cycle costs %v, before it %v", n+1, after, quiet)
		}
		leader = next
	}
	r.lapseLease(leader)
	r.alone.restart(t)
	cycle("a takeover while something changed", 24*time.Hour)
}

const issueRequests = "POST /rest/api/3/issue/bulkfetch"

// endInstance ends an instance as its process does that is told to.
func (r *readers) endInstance(n int) {
	if err := r.instances[n].Store.Close(); err != nil {
		r.t.Fatal(err)
	}
	r.instances = append(r.instances[:n:n], r.instances[n+1:]...)
}

// lapseLease takes the reading from an instance, as if its process had said nothing for as long as a lease stands, and
// waits until the instance knows. Whoever renews first takes it over, be it the same one: it reads as one that never
// did.
func (r *readers) lapseLease(n int) {
	ctx := r.t.Context()
	_, err := r.pool.ExecContext(ctx,
		`UPDATE lease SET instance = '', epoch = epoch + 1, until = '-infinity' WHERE name = 'reading'`)
	if err != nil {
		r.t.Fatal(err)
	}
	instance := r.instances[n]
	for range 600 {
		leading, end, leads := instance.Store.Sharing.LeadReading(ctx)
		end()
		if !leads || sharing.Epoch(leading) != instance.epoch {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatal("after half a minute an instance still believes that it reads")
}
