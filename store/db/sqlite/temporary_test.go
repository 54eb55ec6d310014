package sqlite

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"jerem/store/db"
)

// TestTemporaryInMemory: what a statement that writes would restore stays in memory. In temporary files it is more than
// what a cycle with changes writes into the store.
func TestTemporaryInMemory(t *testing.T) {
	const inMemory = 2
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var place int
	if err := s.write.QueryRowContext(t.Context(), `PRAGMA temp_store`).Scan(&place); err != nil || place != inMemory {
		t.Errorf("what is temporary is kept in place %d (%v), want %d", place, err, inMemory)
	}
}

// TestTriggersOfWriters: who opens a file and reads waits for no triggers; the first write has all of them, and a write
// that follows makes none.
func TestTriggersOfWriters(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check := func(when string, want int) {
		t.Helper()
		var triggers int
		err := s.write.QueryRowContext(t.Context(), `SELECT count(*) FROM sqlite_temp_schema`).Scan(&triggers)
		if err != nil || triggers != want {
			t.Errorf("%s: %d triggers (%v), want %d", when, triggers, err, want)
		}
	}
	if _, err := s.Version(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("after a read", 0)
	for range 2 {
		err := s.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO meta VALUES ('zone', 'UTC') ON CONFLICT DO NOTHING`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		check("after a write", 3*len(s.tables))
	}
}

// TestTriggersOnceMore: triggers that could not be made are made by the next write.
func TestTriggersOnceMore(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	nothing := func(context.Context, *db.Tx) error { return nil }
	tables := s.tables
	s.tables = append(slices.Clone(tables), db.Table{Name: "none", Rows: "none"})
	if err := s.Write(t.Context(), nothing); err == nil {
		t.Error("a table that is not there is watched")
	}
	s.tables = tables
	if err := s.Write(t.Context(), nothing); err != nil {
		t.Errorf("the next write: %v", err)
	}
}
