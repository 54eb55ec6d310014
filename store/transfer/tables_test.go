package transfer

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/db/sqlite"
)

// These ask each database for its tables and their columns.
const (
	sqliteColumns = `SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`
	postgresColumns = `SELECT table_name, column_name FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`
)

// ofOneDatabase are the tables that belong to one database and are not copied.
var ofOneDatabase = []string{"row_sum", "lease", "instance", "hint", "sink_batch", "sink_late", "sink_late_part"}

// columnsIn returns the columns of all tables that a database has, in order.
func columnsIn(t *testing.T, d db.Database, query string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, query, nil, func(scan db.Scan) error {
			var table, column string
			err := scan(&table, &column)
			all[table] = append(all[table], column)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(all, func(name string, _ []string) bool { return slices.Contains(ofOneDatabase, name) })
	for _, list := range all {
		slices.Sort(list)
	}
	return all
}

func openFile(t *testing.T) db.Database {
	t.Helper()
	d, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestAllTables: every column of every table is copied, in both databases.
func TestAllTables(t *testing.T) {
	want := map[string][]string{}
	for _, table := range tables {
		for _, c := range table.columns {
			want[table.name] = append(want[table.name], c.name)
		}
		slices.Sort(want[table.name])
	}
	if diff := cmp.Diff(columnsIn(t, openFile(t), sqliteColumns), want); diff != "" {
		t.Errorf("copied of a file (-there +copied):\n%s", diff)
	}
	server, err := postgres.Open(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if diff := cmp.Diff(columnsIn(t, server, postgresColumns), want); diff != "" {
		t.Errorf("copied of a server (-there +copied):\n%s", diff)
	}
}

// execute changes a database.
func execute(t *testing.T, d db.Database, statement string) {
	t.Helper()
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func countOf(t *testing.T, d db.Database, query string) (n int) {
	t.Helper()
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error { return tx.QueryRow(ctx, query).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestCopyIsWhole: a copy whose proof fails, or that is stopped, leaves an empty target, into which it goes then.
func TestCopyIsWhole(t *testing.T) {
	from, to := openFile(t), openFile(t)
	execute(t, from, `INSERT INTO link VALUES (1, 2), (1, 3)`)
	refused := errors.New("refused")
	_, err := Copy(t.Context(), from, to, func(ctx context.Context) error {
		err := to.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			var n int
			err := tx.QueryRow(ctx, `SELECT count(*) FROM link`).Scan(&n)
			if n != 2 {
				t.Errorf("the proof sees %d rows, not 2", n)
			}
			return err
		})
		return errors.Join(err, refused)
	})
	if n := countOf(t, to, `SELECT count(*) FROM link`); !errors.Is(err, refused) || n != 0 {
		t.Errorf("%d rows stay of a copy that was refused: %v", n, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err = Copy(ctx, from, to, func(ctx context.Context) error { stop(); return ctx.Err() })
	if n := countOf(t, to, `SELECT count(*) FROM link`); !errors.Is(err, context.Canceled) || n != 0 {
		t.Errorf("%d rows stay of a copy that was stopped: %v", n, err)
	}
	agree := func(context.Context) error { return nil }
	if _, err := Copy(t.Context(), from, to, agree); err != nil || countOf(t, to, `SELECT count(*) FROM link`) != 2 {
		t.Errorf("the next copy: %v", err)
	}
	if _, err := Copy(t.Context(), from, to, agree); !problem.Is(err, db.Occupied) {
		t.Errorf("a copy into what is filled: %v", err)
	}
}

// TestDamageIsNotCopied: what does not match its checksum is refused, for the target would take it for sound.
func TestDamageIsNotCopied(t *testing.T) {
	from, to := openFile(t), openFile(t)
	execute(t, from, `INSERT INTO link VALUES (1, 2)`)
	execute(t, from, `UPDATE row_sum SET sum = sum + 1 WHERE part = 'link'`)
	agree := func(context.Context) error { return nil }
	if _, err := Copy(t.Context(), from, to, agree); !problem.Is(err, db.Mismatch) ||
		countOf(t, to, `SELECT count(*) FROM link`) != 0 {
		t.Errorf("what does not match is copied: %v", err)
	}
}

// TestIdsAfterACopy: a proof may take as long as it takes, in which the server sees nothing happen; and a series that
// comes to a sink after a copy gets an id that none has.
func TestIdsAfterACopy(t *testing.T) {
	from := openFile(t)
	execute(t, from, `INSERT INTO sink_series (id, sink, team, key, taken, taken_step, taken_until, tried, tried_step,
		tried_until, through) VALUES (1, 's', 'K', 'a', 'd', 0, 0, '', 0, 0, 0)`)
	to, err := postgres.Open(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	var limit string
	_, err = Copy(t.Context(), from, to, func(ctx context.Context) error {
		return to.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT current_setting('idle_in_transaction_session_timeout')`).Scan(&limit)
		})
	})
	if err != nil || limit != "0" {
		t.Fatalf("a proof may take %s: %v", limit, err)
	}
	execute(t, to, `INSERT INTO sink_series (sink, team, key, taken, taken_step, taken_until, tried, tried_step,
		tried_until, through) VALUES ('s', 'K', 'b', 'd', 0, 0, '', 0, 0, 0)`)
	if n := countOf(t, to, `SELECT count(DISTINCT id) FROM sink_series`); n != 2 {
		t.Errorf("%d ids of 2 series", n)
	}
}
