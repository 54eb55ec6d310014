package sqlite

import (
	"path/filepath"
	"testing"
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
