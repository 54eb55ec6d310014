package access_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	gate "jerem/access"
	"jerem/access/rules"
	"jerem/store/access"
)

var begun = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func open(t *testing.T, path string, now *time.Time) *access.Store {
	t.Helper()
	s, err := access.Open(t.Context(), path, access.Options{Now: func() time.Time { return *now },
		Keep: 30 * 24 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestTokensAreKept: what is kept of a token comes back as it was, also after the file was closed, until it is revoked.
func TestTokensAreKept(t *testing.T) {
	now, path := begun, filepath.Join(t.TempDir(), "a ?#%.access.db")
	first := open(t, path, &now)
	_, board := gate.NewToken("grafana", rules.Viewer, "", begun, time.Time{})
	_, badge := gate.NewToken("a badge", rules.Badge, "Métal / 50%", begun.Add(time.Second), begun.AddDate(1, 0, 0))
	for _, token := range []gate.Token{badge, board} {
		if err := first.AddToken(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, &now)
	list, err := s.Tokens(t.Context())
	if diff := cmp.Diff([]gate.Token{board, badge}, list); diff != "" || err != nil {
		t.Errorf("tokens differ (-want +got), %v:\n%s", err, diff)
	}
	found, known, err := s.TokenByHash(t.Context(), badge.Hash)
	if diff := cmp.Diff(badge, found); diff != "" || !known || err != nil {
		t.Errorf("token differs (-want +got), %v %v:\n%s", known, err, diff)
	}
	for id, want := range map[string]bool{"": false, badge.ID[:3]: false, badge.ID: true} {
		if revoked, err := s.RevokeToken(t.Context(), id); revoked != want || err != nil {
			t.Errorf("revoke %q: %v, %v", id, revoked, err)
		}
	}
	if _, known, err := s.TokenByHash(t.Context(), badge.Hash); known || err != nil {
		t.Errorf("a revoked token is known: %v, %v", known, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
}

// TestSessionsEnd: a session is there until its time is over, and then not even in the file.
func TestSessionsEnd(t *testing.T) {
	now, path := begun, filepath.Join(t.TempDir(), "jerem.access.db")
	s := open(t, path, &now)
	for token, ends := range map[string]time.Duration{"one": time.Hour, "two": 2 * time.Hour} {
		if err := s.Commit(token, []byte(token), begun.Add(ends)); err != nil {
			t.Fatal(err)
		}
	}
	now = begun.Add(time.Hour)
	if data, found, err := s.Find("one"); found || err != nil {
		t.Errorf("a session that ended holds %q, %v", data, err)
	}
	if data, found, err := s.Find("two"); !found || string(data) != "two" || err != nil {
		t.Errorf("a session holds %q, %v, %v", data, found, err)
	}
	if err := s.Commit("two", []byte("more"), begun.Add(3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := rowsIn(t, path, `SELECT hash || ' ' || data FROM session`); !slices.Equal(got, []string{"two more"}) {
		t.Errorf("the file holds %q", got)
	}
	if err := s.Delete("two"); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Find("two"); found || err != nil {
		t.Errorf("a session that was ended is there, %v", err)
	}
}

func rowsIn(t *testing.T, path, query string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	return out
}

// TestJournalOfAWrongClock: a clock that jumps ahead, again and again, takes no entry away; one that is told on does.
func TestJournalOfAWrongClock(t *testing.T) {
	now := begun
	s := open(t, filepath.Join(t.TempDir(), "jerem.access.db"), &now)
	s.Keep = 400 * 24 * time.Hour
	record := func(at time.Time) (left int) {
		t.Helper()
		now = at
		if err := s.Record(t.Context(), gate.Entry{At: at, Who: "ada", What: "login"}); err != nil {
			t.Fatal(err)
		}
		list, err := s.Entries(t.Context(), "", 99)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	wrong, want := begun.AddDate(10, 0, 0), 0
	for _, at := range []time.Time{begun, wrong, wrong.Add(time.Hour), begun.AddDate(0, 0, 1), wrong.AddDate(0, 0, 2),
		wrong.AddDate(0, 0, 2).Add(time.Hour), begun.AddDate(0, 0, 2)} {
		want++
		if got := record(at); got != want {
			t.Fatalf("after %s there are %d entries, want %d", at, got, want)
		}
	}
	record(begun.AddDate(0, 0, 399))
	if got := record(begun.AddDate(0, 0, 401)); got != want+1 {
		t.Errorf("%d entries, want %d: the first one was kept long enough", got, want+1)
	}
}

// TestJournal: entries stand as they were written, the newest first, until they are older than is kept. None is
// changed.
func TestJournal(t *testing.T) {
	now, path := begun, filepath.Join(t.TempDir(), "jerem.access.db")
	s := open(t, path, &now)
	old := gate.Entry{At: begun, Who: "ada", What: "login", From: "192.0.2.1"}
	late := gate.Entry{At: begun.AddDate(0, 0, 30).Add(time.Second), Who: "", What: "login failed", Args: "x"}
	for _, e := range []gate.Entry{old, late} {
		now = e.At
		if err := s.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if e == old {
			if list, err := s.Entries(t.Context(), "", 9); err != nil || !cmp.Equal(list, []gate.Entry{old}) {
				t.Errorf("entries are %v, %v", list, err)
			}
		}
	}
	if list, err := s.Entries(t.Context(), "", 9); err != nil || !cmp.Equal(list, []gate.Entry{late}) {
		t.Errorf("entries are %v, %v", list, err)
	}
	if list, err := s.Entries(t.Context(), "ada", 9); err != nil || len(list) != 0 {
		t.Errorf("entries of a login that has none are %v, %v", list, err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE journal SET who = 'eve'`); err == nil ||
		!strings.Contains(err.Error(), "only added to") {
		t.Errorf("an entry was changed: %v", err)
	}
}

// TestSeveralProcesses: several that open and write a file at once lose nothing.
func TestSeveralProcesses(t *testing.T) {
	now, path := begun, filepath.Join(t.TempDir(), "jerem.access.db")
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			s, err := access.Open(t.Context(), path, access.Options{Now: func() time.Time { return now }})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for j := range 10 {
				if err := s.Record(t.Context(), gate.Entry{At: now, What: fmt.Sprint(i, j)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if list, err := open(t, path, &now).Entries(t.Context(), "", 99); len(list) != 40 || err != nil {
		t.Errorf("%d entries, %v", len(list), err)
	}
}

// TestForeignFiles: what another program wrote, or a newer version, stays as it is, and why is told.
func TestForeignFiles(t *testing.T) {
	for name, c := range map[string]struct{ make, want string }{
		"another program's": {`CREATE TABLE theirs (x)`, "belongs to another program"},
		"a newer version's": {`PRAGMA application_id = 1248162369; CREATE TABLE t (x); PRAGMA user_version = 99`,
			"newer version"},
	} {
		path := filepath.Join(t.TempDir(), "jerem.access.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(c.make); err != nil {
			t.Fatal(err)
		}
		db.Close()
		s, err := access.Open(t.Context(), path, access.Options{Now: time.Now})
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(t.TempDir(), "none", "jerem.access.db")
	if _, err := access.Open(t.Context(), path, access.Options{Now: time.Now}); err == nil ||
		!strings.Contains(err.Error(), "folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
}
