package sidefile

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// form is that of the files of these tests.
var form = Form{ApplicationID: 7, Migrations: []string{`CREATE TABLE a (b TEXT)`, `INSERT INTO a VALUES ('kept')`}}

func openFile(t *testing.T, path string, form Form) *sql.DB {
	t.Helper()
	db, err := Open(t.Context(), path, form)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// readB reads what a file keeps.
func readB(t *testing.T, db *sql.DB) (text string) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), `SELECT b FROM a`).Scan(&text); err != nil {
		t.Error(err)
	}
	return text
}

// TestReadWithoutRights: a user who may only read a file and its folder reads it, while another process writes it and
// after that one has closed it. The test runs itself as such a user.
func TestReadWithoutRights(t *testing.T) {
	if path := os.Getenv("JEREM_TEST_READS"); path != "" {
		db, err := OpenRead(t.Context(), path, form)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if got := readB(t, db); got != "kept" {
			t.Errorf("it reads %q", got)
		}
		if _, err := Open(t.Context(), path, form); err == nil {
			t.Error("this user may write the file: nothing was tried")
		}
		return
	}
	for _, isClosed := range []bool{false, true} {
		dir, err := os.MkdirTemp("", "jerem-sidefile-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "x.db")
		db := openFile(t, path, form)
		if isClosed {
			db.Close()
		}
		readAsNobody(t, dir, path)
	}
}

// readAsNobody runs the test as a user who may not write the folder.
func readAsNobody(t *testing.T, dir, path string) {
	t.Helper()
	binary, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	modes := map[string]os.FileMode{program: 0o555, dir: 0o555}
	for _, file := range files {
		modes[file] = 0o444
	}
	for name, mode := range modes {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o755)
	command := exec.CommandContext(t.Context(), program, "-test.run=^TestReadWithoutRights$", "-test.v")
	command.Dir, command.Env = dir, append(os.Environ(), "JEREM_TEST_READS="+path)
	if os.Getuid() == 0 { // whom no right keeps out
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("beside it %d files: %v\n%s", len(files)-1, err, out)
	}
}

// TestReadChangesNothing: a file that is read stays as it is, and none is made; one of another form, of another program
// or without anything in it is refused with what to do.
func TestReadChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.db")
	openFile(t, path, Form{form.ApplicationID, form.Migrations[:1]}).Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		form Form
		want string
	}{
		{path, form, "an older jerem wrote it"}, {path, Form{form.ApplicationID, nil}, "newer version"},
		{path, Form{8, form.Migrations}, "belongs to another program"}, {empty, form, "it holds nothing yet"},
		{filepath.Join(dir, "none.db"), form, "cannot be opened"},
	} {
		if _, err := OpenRead(t.Context(), c.path, c.form); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), c.path) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, err := OpenRead(t.Context(), path, form); !errors.Is(err, ErrOlder) {
		t.Errorf("of an older form: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a file was made")
	}
	db, err := OpenRead(t.Context(), path, Form{form.ApplicationID, form.Migrations[:1]})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `INSERT INTO a VALUES ('x')`); err == nil {
		t.Error("what is opened to be read was written")
	}
}
