package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
)

// foreignFiles are what may stand where a store is looked for, by name.
func foreignFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	write := func(name string, b []byte) {
		out[name] = filepath.Join(dir, name)
		if err := os.WriteFile(out[name], b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("letter", []byte(strings.Repeat("resolution, sprints and epiclink are words of a letter.\n", 400)))
	write("picture", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 9000)...))
	write("short", []byte("x"))
	write("cut header", []byte("SQLite format 3\x00"))
	for name, version := range map[string]int{"database": 0, "database of version 3": 3, "database of version 99": 99} {
		b := foreignDatabase(t, filepath.Join(dir, "made"), version)
		write(name, b)
		for n := 4096; n < len(b); n += 8192 {
			copy(b[n:min(n+4096, len(b))], bytes.Repeat([]byte{0xa5}, 4096))
		}
		write("damaged "+name, b[:len(b)/2])
	}
	return out
}

func foreignDatabase(t *testing.T, path string, version int) []byte {
	t.Helper()
	os.Remove(path)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(
		fmt.Sprintf(`CREATE TABLE issue (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE meta (name TEXT, value TEXT);
		WITH RECURSIVE n(n) AS (SELECT 1 UNION SELECT n + 1 FROM n WHERE n < 60)
		INSERT INTO issue SELECT n, printf('%%0900d', n) FROM n; PRAGMA user_version = %d`, version),
	)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestForeignStays: what is not ours by its content is refused at every start and stays as it is to the byte, also
// where a lock file of ours stands beside it.
func TestForeignStays(t *testing.T) {
	dir := t.TempDir()
	for name, path := range foreignFiles(t, dir) {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".lock", []byte("123"), 0o600); err != nil {
			t.Fatal(err)
		}
		for n := range 3 {
			s, err := store.Open(t.Context(), path)
			if !problem.Is(err, store.NotAStore) {
				t.Errorf("%s, start %d: %v", name, n+1, err)
			}
			if err == nil {
				s.Close()
			}
		}
		if r, err := store.OpenRead(t.Context(), path); !problem.Is(err, store.NotAStore) {
			t.Errorf("%s, read: %v", name, err)
			if err == nil {
				r.Close()
			}
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s was changed: %v", name, err)
		}
	}
	if aside, _ := filepath.Glob(filepath.Join(dir, "*.damaged*")); len(aside) > 0 {
		t.Errorf("moved aside: %v", aside)
	}
}

// TestLockOfTheFile: the lock is of the file, by whatever name it is reached, and whatever becomes of the lock file.
func TestLockOfTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jerem.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other := t.TempDir()
	names := map[string]string{
		"symbolic link": filepath.Join(other, "link.db"),
		"hard link":     filepath.Join(dir, "hard.db"),
		"itself":        path,
	}
	if err := os.Symlink(path, names["symbolic link"]); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(path, names["hard link"]); err != nil {
		t.Fatal(err)
	}
	for _, removed := range []bool{false, true} {
		if removed {
			if err := os.Remove(path + ".lock"); err != nil {
				t.Fatal(err)
			}
		}
		for name, link := range names {
			second, err := store.Open(t.Context(), link)
			if !problem.Is(err, store.Locked) {
				t.Errorf("by %s, lock file removed %v: %v", name, removed, err)
			}
			if err == nil {
				second.Close()
			}
		}
	}
}

// TestLostFile: a file that is deleted, moved or replaced while it is open is noticed by the next write and the next
// cycle, told for each team, and written no more; once the same file is back, all goes on.
func TestLostFile(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"moved":    func(path string) error { return nil },
		"replaced": func(path string) error { return os.WriteFile(path, []byte("another"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "jerem.db")
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			storetest.ReadTeam(t, s, store.TeamState{})
			if err := os.Rename(path, path+".moved"); err != nil {
				t.Fatal(err)
			}
			if err := lose(path); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Repair.Doubtful(t.Context()); !problem.Is(err, store.Lost) {
				t.Errorf("a cycle: %v", err)
			}
			if err := s.Metadata.SetZone(t.Context(), "UTC"); !problem.Is(err, store.Lost) {
				t.Errorf("a write: %v", err)
			}
			state, err := s.Teams.State(t.Context(), "K")
			if err != nil || state.Behind.IsZero() || !strings.Contains(state.Why, "while jerem writes it") {
				t.Errorf("the team: %v %q, %v", state.Behind, state.Why, err)
			}
			if err := os.Rename(path+".moved", path); err != nil {
				t.Fatal(err)
			}
			if err := s.Metadata.SetZone(t.Context(), "UTC"); err != nil {
				t.Errorf("the file is back: %v", err)
			}
			if state, err := s.Teams.State(t.Context(), "K"); err != nil || !state.Behind.IsZero() || state.Why != "" {
				t.Errorf("the file is back: %v %q, %v", state.Behind, state.Why, err)
			}
		})
	}
}

// TestFullDiskIsTold: a disk that is full is told for each team although nothing can be noted in the file, until a
// write succeeds.
func TestFullDiskIsTold(t *testing.T) {
	s := open(t)
	storetest.ReadTeam(t, s, store.TeamState{})
	var many []store.Doc
	for id := int64(2); id < 1000; id++ {
		many = append(many, store.Doc{Issue: storetest.PlainIssue(id)})
	}
	limitPages(t, s, 80)
	if _, err := s.Issues.Put(t.Context(), many); !problem.Is(err, store.Full) {
		t.Fatalf("%v, want %s", err, store.Full)
	}
	state, err := s.Teams.State(t.Context(), "K")
	if err != nil || !state.Behind.Equal(state.Until) || !strings.Contains(state.Why, "disk is full") {
		t.Errorf("behind since %v: %q, %v", state.Behind, state.Why, err)
	}
	limitPages(t, s, 100000)
	if _, err := s.Issues.Put(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	if state, err := s.Teams.State(t.Context(), "K"); err != nil || !state.Behind.IsZero() {
		t.Errorf("there is room again: behind since %v: %q, %v", state.Behind, state.Why, err)
	}
}

// limitPages has the file grow no larger, as a full disk does.
func limitPages(t *testing.T, s *store.Store, pages int) {
	t.Helper()
	err := s.Database().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		var limit int
		return tx.QueryRow(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)).Scan(&limit)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestModes: no file of a store can be read by others, whatever the process allows by default; one that can is told.
func TestModes(t *testing.T) {
	s := open(t)
	storetest.ReadTeam(t, s, store.TeamState{})
	for _, end := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(s.Database().Place() + end)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v, %v", end, info.Mode(), err)
		}
	}
	if s.OpenToOthers() {
		t.Error("a file of 0600 is told")
	}
	if err := os.Chmod(s.Database().Place(), 0o644); err != nil {
		t.Fatal(err)
	}
	if !s.OpenToOthers() {
		t.Error("a file of 0644 is not told")
	}
}

// TestReadWithoutRights: who may only read the file and its folder reads it: closed, beside a writer, and left behind
// by a process that was killed. It runs as a user without rights.
func TestReadWithoutRights(t *testing.T) {
	if path := os.Getenv("JEREM_TEST_READS"); path != "" {
		readAsOther(t, path)
		return
	}
	dir, err := os.MkdirTemp("", "jerem-rights-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "jerem.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: storetest.PlainIssue(1)}}); err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, store.TeamState{})
	killed := filepath.Join(dir, "killed.db") // as it stands in the middle: the log was not put into the file
	for _, end := range []string{"", "-wal"} {
		if err := copyFile(path+end, killed+end); err != nil {
			t.Fatal(err)
		}
	}
	runAsOther(t, dir, path)
	runAsOther(t, dir, killed)
	s.Close()
	runAsOther(t, dir, path)
}

func readAsOther(t *testing.T, path string) {
	t.Helper()
	if _, err := store.Open(t.Context(), path); !problem.Is(err, store.Unwritable) {
		t.Errorf("opened for writing: %v", err)
	}
	s, err := store.OpenRead(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if h, err := s.Teams.History(t.Context(), agile.Team{Name: "K"}); err != nil || len(h.Issues) != 1 {
		t.Errorf("%v", err)
	}
}

// runAsOther runs this test as a user who may read everything in a folder and write nothing.
func runAsOther(t *testing.T, dir, path string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Chmod(file, 0o444); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(dir, "program")
	if _, err := os.Stat(program); err != nil {
		if err := copyFile(os.Args[0], program); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{program: 0o555, dir: 0o555} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o755)
	command := exec.CommandContext(t.Context(), program, "-test.run=^TestReadWithoutRights$", "-test.v")
	command.Dir = dir
	scratch, err := os.MkdirTemp("", "jerem-scratch-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(scratch)
	if err := os.Chmod(scratch, 0o777); err != nil { // a copy to be read goes there, where folders in memory are root's
		t.Fatal(err)
	}
	command.Env = append(os.Environ(), "JEREM_TEST_READS="+path, "TMPDIR="+scratch)
	if os.Getuid() == 0 { // whom no right keeps out
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", filepath.Base(path), err, out)
	}
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}
