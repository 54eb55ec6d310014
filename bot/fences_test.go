package bot

import (
	"context"
	"maps"
	"net/http/httptest"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/publish/warp10"
	warp10sim "jerem/sim/warp10"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/digests"
	"jerem/sync/synctest"
)

// writtenTables is a database that notes which tables are written under the lease of which part.
type writtenTables struct {
	*postgres.Database
	mu     sync.Mutex
	part   db.Part // of the transaction that writes just now
	tables map[string]map[string]bool
}

var writtenTable = regexp.MustCompile(`^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)`)

// openWritten opens a database as an instance that leads all.
func openWritten(t *testing.T, team string) *writtenTables {
	t.Helper()
	d, err := postgres.OpenShared(t.Context(), pgtest.Database(t), []db.Part{db.Reading, db.TeamPart(team)},
		time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := &writtenTables{Database: d, tables: map[string]map[string]bool{}}
	d.SetTrace(func(query string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if found := writtenTable.FindStringSubmatch(query); found != nil {
			if w.tables[w.part.Kind()] == nil {
				w.tables[w.part.Kind()] = map[string]bool{}
			}
			w.tables[w.part.Kind()][found[1]] = true
		}
	})
	return w
}

func (w *writtenTables) setPart(part db.Part) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.part = part
}

// Write notes the part of the lease under which a transaction writes.
func (w *writtenTables) Write(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	return w.Database.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		fence, _ := db.FenceOf(ctx)
		w.setPart(fence.Part)
		return do(ctx, tx)
	})
}

// TestFencesOfTables: what is made of a team, and stands for it outside, is written under the lease of the team alone;
// what is read of Jira, which teams share, under the lease of the reading alone. No table is written under both, so
// that no write of one leader stands in the way of another one's.
func TestFencesOfTables(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	written := openWritten(t, conf.Name)
	r.bot.Store = store.New(written)
	r.bot.Reader.Store = r.bot.Store
	server := httptest.NewServer(warp10sim.New())
	t.Cleanup(server.Close)
	sink := &warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 2}
	ctx := t.Context()
	note := func(ctx context.Context) error {
		leading, end, _ := r.bot.Store.Sharing.LeadTeam(ctx, conf.Name)
		defer end()
		return r.bot.Store.Digests.Put(leading, digests.Note{Team: conf.Name, Receiver: "mail 1", State: digests.Sent})
	}
	for range 2 {
		if !r.bot.readLed(ctx) {
			t.Fatal("the only instance does not read")
		}
		if _, err := r.bot.postLed(ctx, sink); err != nil {
			t.Fatal(err)
		}
		if err := r.bot.KeepViews(ctx); err != nil {
			t.Fatal(err)
		}
		if err := note(ctx); err != nil {
			t.Fatal(err)
		}
	}
	ofTeam := slices.Sorted(maps.Keys(written.tables["team"]))
	want := []string{"cursor", "digest", "sink_batch", "sink_owed", "sink_pieces", "sink_series", "view_row"}
	if diff := cmp.Diff(want, ofTeam); diff != "" {
		t.Errorf("under the lease of a team (-want +written):\n%s", diff)
	}
	for _, table := range []string{"issue", "timeline", "document", "worklog", "sprint", "team", "generation", "meta"} {
		if !written.tables["reading"][table] {
			t.Errorf("%s is not written under the lease of the reading", table)
		}
	}
	for _, table := range ofTeam {
		if written.tables["reading"][table] {
			t.Errorf("%s is written under the lease of the reading too", table)
		}
	}
	if more := len(written.tables) - 2; more != 0 {
		t.Errorf("something is written under other leases: %v", slices.Collect(maps.Keys(written.tables)))
	}
}
