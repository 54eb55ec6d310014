// Package pgtest gives tests a real PostgreSQL server. It is started when the first test of a test binary asks for it,
// out of the Debian package (apt-get install postgresql) or of what stands in PATH, with its files in a temporary
// directory and on a free port of the loopback interface; it is stopped when the test binary ends, however it ends.
//
// Where there is no server the tests that need one are skipped and say so; with CI=true they fail. Starting one takes
// seconds in each test binary, so with -short none is started unless JEREM_SHORT_SERVER is true.
//
//	func TestPostgres(t *testing.T) {
//		url := pgtest.Database(t) // empty, of this test alone
//		d, err := postgres.Open(t.Context(), url)
//		…
//	}
//
// A test that does not care how tables are made takes a copy of a database that has them, from a [Template].
//
// Nothing but tests imports it.
package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib" // also the driver named pgx

	"jerem/testrun"
)

var _ = stdlib.OpenDB

// errMissing says that there is no server to be started.
var errMissing = errors.New("PostgreSQL is not installed (apt-get install postgresql)")

// server starts the one server of this test binary and returns its address, without a database.
var server = sync.OnceValues(startServer)

// isShortServer tells whether a server is started with -short too.
var isShortServer = os.Getenv("JEREM_SHORT_SERVER") == "true"

// Address returns the address of the server, up to the name of a database.
func Address(t testing.TB) string {
	t.Helper()
	if testing.Short() && !isShortServer {
		t.Skip("starts a server: set JEREM_SHORT_SERVER=true to try it with -short")
	}
	address, err := server()
	switch {
	case errors.Is(err, errMissing) && os.Getenv("CI") != "true":
		t.Skip("NOT TRIED: ", err)
	case err != nil:
		t.Fatal(err)
	}
	return address
}

var databases atomic.Int64

// Database makes an empty database and returns its address. It is dropped when the test ends.
func Database(t testing.TB) string {
	t.Helper()
	return createDatabase(t, "template1")
}

// Template is a database that is filled once in a test binary and copied for each test.
type Template struct {
	fill func(ctx context.Context, address string) error
	once sync.Once
	name string
	err  error
}

// NewTemplate returns a template. What fills it is given an empty database, and has left it when it returns.
func NewTemplate(fill func(ctx context.Context, address string) error) *Template {
	return &Template{fill: fill}
}

// Database makes a database that holds what the template does, and returns its address. It is dropped when the test
// ends.
func (x *Template) Database(t testing.TB) string {
	t.Helper()
	address := Address(t)
	x.once.Do(func() {
		name := nextName()
		executeStatement(t, address, `CREATE DATABASE `+name)
		x.name, x.err = name, x.fill(context.Background(), address+name)
	})
	if x.name == "" || x.err != nil {
		t.Fatalf("the template cannot be filled: %v", x.err)
	}
	return createDatabase(t, x.name)
}

func nextName() string { return fmt.Sprintf("test_%d", databases.Add(1)) }

// createDatabase makes a copy of a database for the time of a test.
func createDatabase(t testing.TB, template string) string {
	t.Helper()
	address, name := Address(t), nextName()
	executeStatement(t, address, `CREATE DATABASE `+name+` TEMPLATE `+template)
	t.Cleanup(func() { executeStatement(t, address, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`) })
	return address + name
}

// executeStatement executes a statement in the database that every server has.
func executeStatement(t testing.TB, address, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", address+"postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// findServer returns the folder of the newest server that is installed.
func findServer() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is sound
	slices.SortFunc(found, func(a, b string) int { return versionOf(a) - versionOf(b) })
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", errMissing
	}
	path, err = filepath.EvalSymlinks(path)
	return filepath.Dir(path), err
}

func versionOf(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 where the folder is no number
	return n
}

// supervise runs the server until its own input ends, which is when the test binary does; then it stops the server by
// its process id and removes its files.
const supervise = `"$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c fsync=off \
	-c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c autovacuum=off & server=$!
cat > /dev/null
kill -INT $server; wait $server; rm -rf "$2"`

func startServer() (address string, err error) {
	folder, err := findServer()
	if err != nil {
		return "", err
	}
	place, err := os.MkdirTemp("", "jerem-postgres-")
	if err != nil {
		return "", err
	}
	credential, err := credentialFor(place)
	if err != nil {
		return "", err
	}
	initialize := exec.Command(filepath.Join(folder, "initdb"), "-D", filepath.Join(place, "data"), "-U", "jerem",
		"-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initialize.Dir, initialize.SysProcAttr = place, credential
	if told, err := initialize.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w\n%s", err, told)
	}
	port, err := testrun.FreePort()
	if err != nil {
		return "", err
	}
	if err := startSupervised(folder, place, port, credential); err != nil {
		return "", err
	}
	address = "postgres://jerem@127.0.0.1:" + port + "/"
	return address, awaitServer(address, filepath.Join(place, "log"))
}

// credentialFor gives a folder to the user that the server will run as: it refuses to run as root.
func credentialFor(place string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(who.Uid) // on Unix both are numbers
	gid, _ := strconv.Atoi(who.Gid)
	attributes := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return attributes, os.Chown(place, uid, gid)
}

// keepInput is the input of the supervisor: it ends with this process.
var keepInput any

func startSupervised(folder, place, port string, credential *syscall.SysProcAttr) error {
	log, err := os.Create(filepath.Join(place, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	supervisor := exec.Command("sh", "-c", supervise, "sh", folder, place, port)
	supervisor.Dir, supervisor.SysProcAttr, supervisor.Stdout, supervisor.Stderr = place, credential, log, log
	if keepInput, err = supervisor.StdinPipe(); err != nil {
		return err
	}
	runtime.KeepAlive(keepInput) // read by nobody: the supervisor ends when it is closed
	return supervisor.Start()
}

// awaitServer waits until the server answers.
func awaitServer(address, log string) error {
	pool, err := sql.Open("pgx", address+"postgres")
	if err != nil {
		return err
	}
	defer pool.Close()
	for range 3000 {
		if err = pool.PingContext(context.Background()); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	told, _ := os.ReadFile(log) // only to tell
	return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, told)
}
