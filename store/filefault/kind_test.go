package filefault

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"jerem/problem"
	"jerem/store/db"
)

// file is a database with a table, and how it is opened.
func file(t *testing.T, options string) (path string, opened *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "x.db")
	made, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := made.ExecContext(t.Context(), `CREATE TABLE a (b BLOB); INSERT INTO a VALUES (randomblob(100000));
		CREATE INDEX c ON a (b)`); err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	opened, err = sql.Open("sqlite", "file:"+path+options)
	if err != nil {
		t.Fatal(err)
	}
	opened.SetMaxOpenConns(1)
	t.Cleanup(func() { opened.Close() })
	return path, opened
}

// TestProblemOf: what SQLite says of a real file is told with its code, the place, and a remedy that is right for a
// command as for a server; none speaks of a cycle of reading.
func TestProblemOf(t *testing.T) {
	for name, c := range map[string]struct {
		options, fails string
		spoil          func(t *testing.T, path string)
		code           problem.Code
		words          string
	}{
		"full": {fails: `PRAGMA max_page_count = 1; INSERT INTO a VALUES (randomblob(1000000))`, code: db.Full,
			words: "on-call: the disk is full (Make room; "},
		"read-only": {options: "?mode=ro", fails: `INSERT INTO a VALUES (1)`, code: db.Unwritable,
			words: "on-call: cannot be opened or written (Check the rights "},
		"gone": {options: "?mode=rw", spoil: func(t *testing.T, path string) {
			if err := os.Rename(path, path+"-"); err != nil {
				t.Fatal(err)
			}
		}, fails: `SELECT * FROM a`, code: db.Unwritable, words: "on-call: cannot be opened or written"},
		"no database": {spoil: func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("text "), 5000), 0o600); err != nil {
				t.Fatal(err)
			}
		}, fails: `SELECT * FROM a`, code: db.NotAStore, words: "on-call: is no database ("},
		"damaged": {spoil: func(t *testing.T, path string) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(content[4096:], make([]byte, 8192))
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}, fails: `SELECT length(b) FROM a`, code: db.Damaged, words: "on-call: is damaged (Put it back "},
		"locked": {spoil: func(t *testing.T, path string) {
			other, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { other.Close() })
			if _, err := other.ExecContext(t.Context(), `BEGIN EXCLUSIVE`); err != nil {
				t.Fatal(err)
			}
		}, fails: `INSERT INTO a VALUES (1)`, code: db.Locked, words: "on-call: another process holds it (Try again "},
	} {
		t.Run(name, func(t *testing.T) {
			path, opened := file(t, c.options)
			if c.spoil != nil {
				c.spoil(t, path)
			}
			rows, err := opened.QueryContext(t.Context(), c.fails)
			for err == nil && rows.Next() {
			}
			if err == nil {
				err = rows.Err()
			}
			told := ProblemOf("on-call", path, err)
			if !problem.Is(told, c.code) || !strings.HasPrefix(told.Error(), c.words) || !errors.Is(told, err) ||
				strings.Contains(told.Error(), "cycle") {
				t.Errorf("%v is told as %v", err, told)
			}
		})
	}
}

// TestOtherErrors: what is no error of a file, and what is a problem already, comes back as it is.
func TestOtherErrors(t *testing.T) {
	_, opened := file(t, "")
	_, syntax := opened.ExecContext(t.Context(), `SELEC`)
	for _, err := range []error{nil, errors.New("other"), syntax, &problem.Problem{Code: db.Full, Message: "told"}} {
		if got := ProblemOf("on-call", "x", err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}
