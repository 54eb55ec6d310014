package store_test

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"jerem/problem"
	"jerem/store"
	"jerem/testrun"
)

// pageOf returns where the root page of a table or an index begins in the file.
func pageOf(t *testing.T, path, name string) int {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var root int
	if err := db.QueryRow(`SELECT rootpage FROM sqlite_schema WHERE name = ?`, name).Scan(&root); err != nil {
		t.Fatal(err)
	}
	return (root - 1) * 4096
}

// unsound changes one byte of a store so that every row still matches its checksum, but one of them is not found any
// more by its key.
func unsound(t *testing.T, path, name string) {
	t.Helper()
	b := filled(t, path)
	at := pageOf(t, path, name)
	page := b[at : at+4096]
	if page[0] == 0x02 { // an inner page of an index: a cell begins with the page of its child
		child := int(binary.BigEndian.Uint32(page[binary.BigEndian.Uint16(page[12:]):]))
		page = b[(child-1)*4096 : child*4096]
	}
	switch page[0] {
	case 0x05: // an inner page of a table: a cell is the page of a child, in four bytes, and its highest key
		key := int(binary.BigEndian.Uint16(page[12:])) + 4
		for page[key]&0x80 != 0 {
			key++
		}
		page[key]--
	case 0x0a: // a leaf of an index: each cell holds the project, then the issue
		first := int(binary.BigEndian.Uint16(page[8:]))
		page[first+bytes.Index(page[first:], []byte("10"))]++
	default:
		t.Fatalf("%s has a page of kind %#x", name, page[0])
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestUnsoundPages: a byte that no checksum covers, in an inner page of a table or in an index, keeps rows from being
// found: readers refuse the store, and the writer makes indices anew or moves the file aside.
func TestUnsoundPages(t *testing.T) {
	for name, kept := range map[string]int{"issue": 0, "issue_of_project": 399} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "jerem.db")
			unsound(t, path, name)
			if _, err := store.OpenRead(t.Context(), path); !problem.Is(err, store.Damaged) {
				t.Errorf("a reader: %v, want %s", err, store.Damaged)
			}
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			ids, _, err := s.Issues.IDs(t.Context())
			if err != nil || len(ids) != kept || (s.MovedTo() == "") != (kept > 0) {
				t.Errorf("%d issues are kept, want %d; moved to %q: %v", len(ids), kept, s.MovedTo(), err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if r, err := store.OpenRead(t.Context(), path); err != nil {
				t.Error(err)
			} else {
				r.Close()
			}
		})
	}
}

// TestNameOfNoFile: a relative path that SQLite would take for no file is a file like any other.
func TestNameOfNoFile(t *testing.T) {
	testrun.SkipInShort(t)
	t.Chdir(t.TempDir())
	for _, path := range []string{":memory:", "file::memory:", "a?b#c%20.db"} {
		filled(t, path)
		s, err := store.OpenRead(t.Context(), path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if ids, _, err := s.Issues.IDs(t.Context()); err != nil || len(ids) != 399 {
			t.Errorf("%s: %d issues: %v", path, len(ids), err)
		}
		s.Close()
	}
}
