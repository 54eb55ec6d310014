package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/testrun"
)

// changeStore executes a statement in a database beside everybody.
func changeStore(t *testing.T, driver, place, statement string) {
	t.Helper()
	pool, err := sql.Open(driver, place)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// formOf is the form of a store in a file.
func formOf(t *testing.T, path string) int {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var form int
	if err := pool.QueryRow(`PRAGMA user_version`).Scan(&form); err != nil {
		t.Fatal(err)
	}
	return form
}

// readingCommands are commands that only read the store.
var readingCommands = [][]string{{"export"}, {"status"}, {"explain", "done", "--team", "Kubernetes"}, {"check"},
	{"digest", "--team", "Kubernetes"}}

// TestOlderStore: a store in the form of another version is copied whole before anything migrates it, and the commands
// that only read tell what it is, what to do first and where that is written.
func TestOlderStore(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := demoFile(t, jira)
	callFine(t, "-c", config, "collect")
	want := callFine(t, "-c", config, "export")
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	form := formOf(t, path)
	older := strconv.Itoa(form - 1)
	changeStore(t, "sqlite", path, `PRAGMA user_version = `+older)
	for _, command := range readingCommands {
		out, errs, code := call(t, nil, append([]string{"-c", config}, command...)...)
		told := strings.Join(strings.Fields(out+errs), " ")
		if code == 0 || !strings.Contains(told, "an older jerem wrote it, in form "+older+";") ||
			!strings.Contains(told, "jerem backup") || !strings.Contains(told, "docs/upgrade.md") {
			t.Errorf("%s: code %d: %s", command[0], code, told)
		}
	}
	for _, version := range []string{older, "99"} {
		changeStore(t, "sqlite", path, `PRAGMA user_version = `+version)
		copied := demoFile(t, jira)
		to := filepath.Join(filepath.Dir(copied), "jerem.db")
		if out := callFine(t, "-c", config, "backup", to); !strings.Contains(out, "it is in form "+version) {
			t.Errorf("backup says:\n%s", out)
		}
		changeStore(t, "sqlite", to, `PRAGMA user_version = `+strconv.Itoa(form))
		if got := callFine(t, "-c", copied, "export"); got != want {
			t.Errorf("the copy of form %s gives another export", version)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("something else", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", config, "backup", path+".copy"); code == 0 ||
		!strings.Contains(errs, "store "+path) {
		t.Errorf("a file that is no store is copied: code %d: %s", code, errs)
	}
}

// TestOlderDatabase: the same is told of a database in a server, of which pg_dump is the copy.
func TestOlderDatabase(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	config := serverFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}), url,
		"{name: K8S, label: Kubernetes}")
	callFine(t, "-c", config, "collect")
	changeStore(t, "pgx", url, `UPDATE meta SET value = '2' WHERE name = 'schema'`)
	for _, command := range readingCommands {
		out, errs, code := call(t, nil, append([]string{"-c", config}, command...)...)
		told := strings.Join(strings.Fields(out+errs), " ")
		if code == 0 || !strings.Contains(told, "an older jerem wrote it, in form 2") ||
			!strings.Contains(told, "pg_dump") || !strings.Contains(told, "docs/upgrade.md") {
			t.Errorf("%s: code %d: %s", command[0], code, told)
		}
	}
	if _, errs, code := call(t, nil, "-c", config, "backup", filepath.Join(t.TempDir(), "copy.db")); code == 0 ||
		!strings.Contains(errs, "pg_dump") {
		t.Errorf("backup: code %d: %s", code, errs)
	}
}
