package sync

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/sync/synctest"
)

// onServer is a store that was opened once and holds nothing.
var onServer = pgtest.NewTemplate(func(ctx context.Context, url string) error {
	s, err := places.Open(ctx, url)
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
	s, err := places.Open(t.Context(), r.path)
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
		r := newRig(t, synctest.DemoSite(t), conf)
		r.useServer(t)
		r.reader.Chunk = 7
		r.stopAtRequest(t, synctest.DemoSite(t), stop)
		if got := synctest.Export(t, r.collect(t, conf)); got != want {
			t.Fatalf("stopped at request %d, then gone on: %s", stop, synctest.FirstDifference(got, want))
		}
		if n := r.sim.Counts()["POST /rest/api/3/issue/bulkfetch"]; n > chunks+1 {
			t.Errorf("stopped at request %d: %d chunks were asked for in all, %d hold everything", stop, n, chunks)
		}
	})
}

// TestNoPersonInPostgres: no table of a server, in no schema of ours, holds people or free text either.
func TestNoPersonInPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Address(t)
	r := newPeopleRig(t)
	r.useServer(t)
	kept := r.collectPeople(t)
	pool, err := sql.Open("pgx", r.path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	const tables = `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`
	rows := 0
	for _, table := range textsOf(t, pool, tables) {
		for _, row := range textsOf(t, pool, `SELECT CAST(row_to_json(t) AS text) FROM `+table+` t`) {
			kept.WriteString(row)
			rows++
		}
	}
	if rows < 20 || !strings.Contains(kept.String(), "K8S-2") {
		t.Fatalf("%d rows: the search would find nothing in nothing", rows)
	}
	expectNoPerson(t, kept.String())
}

// textsOf returns the texts that a query selects.
func textsOf(t *testing.T, pool *sql.DB, query string) (texts []string) {
	t.Helper()
	rows, err := pool.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}
