package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"jerem/store"
)

// emptyStore returns the bytes of a file with all tables and no row. It is made once in a process: migrations take more
// time than most tests.
var emptyStore = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "jerem-empty-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "jerem.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// EmptyFile writes a store without rows to a path where there is no file yet, and returns the path. What opens it finds
// the tables there; how they are made is held by the tests of the databases.
func EmptyFile(t testing.TB, path string) string {
	t.Helper()
	content, err := emptyStore()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
