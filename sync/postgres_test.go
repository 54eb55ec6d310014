package sync

import (
	"context"
	"errors"
	"net/http"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/store/db/postgres/pgtest"
	"jerem/sync/synctest"
)

// onServer is a store that was opened once and holds nothing.
var onServer = pgtest.NewTemplate(func(ctx context.Context, url string) error {
	s, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	return s.Close()
})

// useServer has a rig keep what it reads in an empty database of a server.
func (r *rig) useServer(t *testing.T) {
	t.Helper()
	if err := r.reader.Store.Close(); err != nil {
		t.Fatal(err)
	}
	r.path = onServer.Database(t)
	s, err := store.Open(t.Context(), r.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r.reader.Store = s
}

// TestStoppedOverPostgres: a first reading into a server that is stopped at any of its requests and begun again ends
// with what an uninterrupted one into a file ends with, and asks no issue twice that was kept.
func TestStoppedOverPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Address(t)
	conf := synctest.Team("K8S", 0)
	whole := newRig(t, synctest.DemoSite(t), conf)
	whole.reader.Chunk = 7
	want := synctest.Export(t, whole.collect(t, conf))
	chunks := whole.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]
	total := len(whole.sim.Requests())
	if chunks < 3 {
		t.Fatalf("%d chunks are too few to stop between", chunks)
	}
	synctest.EachStop(t, total, func(t *testing.T, stop int) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		r, asked := newRig(t, synctest.DemoSite(t), conf), 0
		r.useServer(t)
		r.reader.Chunk = 7
		r.serve(t, synctest.DemoSite(t), options(func(*http.Request) *jirasim.Fault {
			if asked++; asked == stop {
				cancel()
			}
			return nil
		}))
		if _, err := r.reader.Collect(ctx, false); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at request %d: %v", stop, err)
		}
		r.restart(t)
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Fatalf("stopped at request %d, then gone on: %s", stop, synctest.FirstDifference(got, want))
		}
		if n := r.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]; n > chunks+1 {
			t.Errorf("stopped at request %d: %d chunks were asked for in all, %d hold everything", stop, n, chunks)
		}
	})
}
