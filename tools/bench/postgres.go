package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
)

// postgres is a PostgreSQL server with nothing in it, with fsync and the checksums of pages as they are by default.
type postgres struct {
	cmd    *exec.Cmd
	folder string
	url    string  // of its database
	pool   *sql.DB // of one connection, for what the server tells of itself
}

// startPostgres starts the newest server that is installed, on a free port of this machine.
func (b *bench) startPostgres(ctx context.Context) (*postgres, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // the pattern is sound
	if len(found) == 0 {
		return nil, errors.New("PostgreSQL is not installed (apt-get install postgresql)")
	}
	programs := filepath.Dir(found[len(found)-1])
	folder, err := os.MkdirTemp(b.folder, "postgres-")
	if err != nil {
		return nil, err
	}
	attributes, err := ownedByServer(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	initialize := exec.CommandContext(ctx, filepath.Join(programs, "initdb"), "-D", data, "-U", "jerem", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--data-checksums")
	initialize.Dir, initialize.SysProcAttr = folder, attributes
	if told, err := initialize.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, told)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	p := &postgres{folder: folder, url: "postgres://jerem@127.0.0.1:" + port + "/postgres?sslmode=disable",
		cmd: exec.CommandContext(ctx, filepath.Join(programs, "postgres"), "-D", data, "-k", folder, "-p", port,
			"-c", "listen_addresses=127.0.0.1", "-c", "log_min_messages=fatal")}
	p.cmd.Dir, p.cmd.SysProcAttr = folder, attributes
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if err := p.awaitAnswer(ctx, port); err != nil {
		return p, err
	}
	p.pool, err = sql.Open("pgx", p.url)
	if err == nil {
		p.pool.SetMaxOpenConns(1)
	}
	return p, err
}

// ownedByServer gives a folder, and those above it that are this program's, to the user that the server will run as:
// it refuses to run as root.
func ownedByServer(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(who.Uid) // on Unix both are numbers
	gid, _ := strconv.Atoi(who.Gid)
	attributes := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return attributes, errors.Join(os.Chown(folder, uid, gid), os.Chmod(filepath.Dir(folder), 0o755))
}

// awaitAnswer waits until the server takes connections. Its socket is there first, and then it is ready.
func (p *postgres) awaitAnswer(ctx context.Context, port string) error {
	ready := filepath.Join(p.folder, "data", "postmaster.pid")
	for range 600 {
		text, _ := os.ReadFile(ready) // it is written a while after the start
		connection, err := net.DialTimeout("tcp", "127.0.0.1:"+port, time.Second)
		if err == nil {
			connection.Close()
			if strings.HasSuffix(strings.TrimSpace(string(text)), "ready") {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return errors.New("PostgreSQL does not answer")
}

// stopServer stops the server and removes its files.
func (p *postgres) stopServer() {
	if p.pool != nil {
		p.pool.Close()
	}
	_ = p.cmd.Process.Signal(syscall.SIGINT)
	_ = p.cmd.Wait()
	os.RemoveAll(p.folder)
}

// readConsumption returns what the server and its processes took so far, those that have ended among them, and how
// much it wrote into its log.
func (p *postgres) readConsumption() (c consumption, err error) {
	if p == nil {
		return c, nil
	}
	query := `SELECT CAST(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bigint)`
	if err := p.pool.QueryRow(query).Scan(&c.log); err != nil {
		return c, err
	}
	parent := strconv.Itoa(p.cmd.Process.Pid)
	list, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return c, err
	}
	for _, path := range list {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest) // from the state on, the third of proc(5)
		own := filepath.Base(filepath.Dir(path)) == parent
		if len(fields) < 15 || !own && fields[1] != parent {
			continue
		}
		for _, n := range fields[11:15] { // user and system, of its own and of those that it waited for
			ticks, _ := strconv.ParseInt(n, 10, 64)
			c.cpu += time.Duration(ticks) * time.Second / ticksOfSecond
		}
		written, _ := readProc(filepath.Dir(path)+"/io", "write_bytes:") // one that ends counts in its parent
		c.written += written
	}
	return c, nil
}

// ticksOfSecond is the unit of CPU times in /proc, which Linux never changes.
const ticksOfSecond = 100

// measurePostgres measures with a store in PostgreSQL what else is measured with one in SQLite, beside it: the CPU of
// Jerem and of the server together.
func measurePostgres(ctx context.Context, b *bench) (rows []row, err error) {
	file, err := b.storeCosts(ctx, false)
	if err != nil {
		return nil, err
	}
	server, err := b.storeCosts(ctx, true)
	if err != nil {
		return nil, err
	}
	goals := []string{"≤ 1.5 ×", "≤ 1.5 ×", "≤ 1.5 × 20 ms", "≤ 1.5 × 100 ms", "≤ 1.5 × 20 ms"}
	for n, what := range []string{"first reading", "export as CSV", "quiet cycle with a sink",
		fmt.Sprintf("cycle with %d changes and a sink", changedAtOnce), "quiet cycle after changes"} {
		rows = append(rows, row{fmt.Sprintf("PostgreSQL: %s, %d issues, CPU with the server's", what, b.sizes.team),
			writeDuration(server[n].cpu), "SQLite " + writeDuration(file[n].cpu), goals[n],
			server[n].cpu.Seconds() / file[n].cpu.Seconds()})
	}
	logged := func(what, goal string, server, file cycleCost) row {
		return row{what: "PostgreSQL: " + what + ", write-ahead log", figure: writeBytes(server.log),
			limit: "SQLite, written " + writeBytes(file.written), goal: goal,
			ratio: float64(server.log) / float64(file.written)}
	}
	return append(rows, logged("quiet cycle with a sink", "≤ 1.5 × 25 kB", server[2], file[2]),
		logged(fmt.Sprintf("cycle with %d changes and a sink", changedAtOnce), "≤ 1.5 ×", server[3], file[3])), nil
}

// storeCosts measures a first reading, an export, a quiet cycle, one with changes, and quiet ones while the overlap
// lists what changed again, over one of the databases.
func (b *bench) storeCosts(ctx context.Context, inServer bool) (costs [5]cycleCost, err error) {
	s, err := b.newStage(ctx, b.sizes.team, 1)
	if err != nil {
		return costs, err
	}
	defer s.stopAll()
	if inServer {
		if err := s.useServer(ctx); err != nil {
			return costs, err
		}
	}
	if costs[0], err = costOfCommand(ctx, s, "collect"); err != nil {
		return costs, err
	}
	if costs[1], err = costOfCommand(ctx, s, "export", "--format", "csv"); err != nil {
		return costs, err
	}
	if err := s.addSink(ctx); err != nil {
		return costs, err
	}
	p, err := s.startServer(ctx)
	if err != nil {
		return costs, err
	}
	defer p.stopProcess()
	running := &serving{s, p}
	if err := running.waitForCalm(ctx); err != nil {
		return costs, err
	}
	if costs[2], err = costOfQuiet(ctx, p, b.sizes.samples); err != nil {
		return costs, err
	}
	costs[3], err = costOf(ctx, p, min(5, b.sizes.samples), func() error {
		_, err := s.changeIssues(ctx, changedAtOnce, anyIssues)
		return err
	})
	if err != nil {
		return costs, err
	}
	costs[4], err = costOfQuiet(ctx, p, b.sizes.samples)
	return costs, err
}

// costOfCommand runs a command whose output goes nowhere, and returns what it and the server of the store took.
func costOfCommand(ctx context.Context, s *stage, args ...string) (cost cycleCost, err error) {
	begin, err := s.database.readConsumption()
	if err != nil {
		return cost, err
	}
	used, _, err := s.runJerem(ctx, args...)
	if err != nil {
		return cost, err
	}
	end, err := s.database.readConsumption()
	return cycleCost{cpu: used.cpu + end.cpu - begin.cpu, written: end.written - begin.written,
		log: end.log - begin.log}, err
}
