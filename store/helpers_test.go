package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jerem/agile"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/sqlite"
	"jerem/store/storetest"
	"jerem/store/storetest/suite"
)

// TestSQLite: SQLite passes the suite of every database.
func TestSQLite(t *testing.T) {
	t.Parallel()
	suite.Run(t, func(t testing.TB, place string) db.Database {
		t.Helper()
		d, err := sqlite.Open(context.Background(), storetest.EmptyFile(t, filepath.Join(place, "jerem.db")))
		if err != nil {
			t.Fatal(err)
		}
		return d
	})
}

// open opens an empty store for the time of a test.
func open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// copyOf returns the path of a copy of a store that is closed.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Dir(path))); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, filepath.Base(path))
}

// lived makes a file in which every table holds something, and returns the history of its team.
func lived(t *testing.T) (path string, want *agile.History) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "jerem.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Fill(t, s)
	return path, storetest.History(t, s)
}
