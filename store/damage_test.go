package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"jerem/problem"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/testrun"
)

// filledStore returns the bytes of a store that holds 399 issues. It is made once in a process.
var filledStore = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "jerem-filled-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path, ctx := filepath.Join(folder, "jerem.db"), context.Background()
	s, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	var docs []store.Doc
	for id := int64(1); id < 400; id++ {
		docs = append(docs, store.Doc{Issue: storetest.PlainIssue(id), Raw: []byte("x")})
	}
	_, err = s.Issues.Put(ctx, docs)
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// filled writes a store that holds 399 issues to a path, and returns its bytes.
func filled(t *testing.T, path string) []byte {
	t.Helper()
	content, err := filledStore()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(content)
}

// TestDamaged: a store that was cut, overwritten at its head or in its middle is moved aside as it is, and an empty
// one takes its place; a second one that is damaged does not overwrite the first.
func TestDamaged(t *testing.T) {
	const page = 4096
	for name, harm := range map[string]func([]byte) []byte{
		"cut":    func(b []byte) []byte { return b[:len(b)/2+100] },
		"head":   func(b []byte) []byte { return append(bytes.Repeat([]byte("?"), page), b[page:]...) },
		"schema": func(b []byte) []byte { copy(b[100:page], bytes.Repeat([]byte{0xff}, page)); return b },
		"middle": func(b []byte) []byte {
			n := len(b) / page / 2 * page
			copy(b[n:n+page], bytes.Repeat([]byte{0xa5}, page))
			return b
		},
		"every second": func(b []byte) []byte {
			for n := page; n < len(b); n += 2 * page {
				copy(b[n:min(n+page, len(b))], make([]byte, page))
			}
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "middle" && name != "schema" { // one damage is like another
				testrun.SkipInShort(t)
			}
			path := filepath.Join(t.TempDir(), "jerem.db")
			for _, want := range []string{path + ".damaged", path + ".damaged-2"} {
				harmed := harm(filled(t, path))
				if err := os.WriteFile(path, harmed, 0o600); err != nil {
					t.Fatal(err)
				}
				s, err := store.Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				if s.MovedTo() != want {
					t.Errorf("moved to %q, want %q", s.MovedTo(), want)
				}
				if kept, err := os.ReadFile(want); err != nil || !bytes.Equal(kept, harmed) {
					t.Errorf("what was moved aside is not what was there: %v", err)
				}
				ids, _, err := s.Issues.IDs(t.Context())
				if err != nil || len(ids) != 0 {
					t.Errorf("the new store holds %d issues: %v", len(ids), err)
				}
				s.Close()
			}
		})
	}
}

// TestSoundStays: a sound store is not moved, nor a file that is none of ours.
func TestSoundStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.db")
	filled(t, path)
	s, err := store.Open(t.Context(), path)
	if err != nil || s.MovedTo() != "" {
		t.Fatalf("a sound store: moved to %q, %v", s.MovedTo(), err)
	}
	if ids, _, err := s.Issues.IDs(t.Context()); err != nil || len(ids) != 399 {
		t.Errorf("%d issues: %v", len(ids), err)
	}
	s.Close()
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, bytes.Repeat([]byte("Dear reader, "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), letter); !problem.Is(err, store.NotAStore) {
		t.Errorf("a letter: %v", err)
	}
	if b, err := os.ReadFile(letter); err != nil || len(b) != 13000 {
		t.Errorf("the letter is gone: %v", err)
	}
}

// TestDamagedBesideReader: who only reads a damaged store is told so and moves nothing.
func TestDamagedBesideReader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.db")
	b := filled(t, path)
	for n := 4096; n < len(b); n++ {
		b[n] = 0xa5
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.OpenRead(t.Context(), path)
	if err == nil {
		_, _, err = s.Issues.IDs(t.Context())
		s.Close()
	}
	if !problem.Is(err, store.Damaged) {
		t.Errorf("%v, want %s", err, store.Damaged)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, b) {
		t.Error("the file was changed")
	}
}
