package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/lease"
)

// Database is a store in a PostgreSQL server. It is safe for concurrent use.
type Database struct {
	place  string
	pool   *pgxpool.Pool
	admin  *sql.DB      // the same connections, for what is no transaction of the store
	alone  *lease.Alone // by which this process writes alone; nil where it shares the work, or only reads
	shared *sharing     // by which it shares the work with others; nil where it does not

	timeouts timeouts    // how long a silent server is waited for
	silent   atomic.Bool // it left the last question unanswered

	writing chan struct{}                   // holds one element while a transaction writes
	failed  atomic.Pointer[problem.Problem] // why nothing could be written the last time

	fault func() error
	trace func(query string)
	trips atomic.Int64 // round trips of transactions
}

const (
	connections    = 8 // at a time, of one process
	idleTime       = 5 * time.Minute
	pingAfter      = time.Second // of rest a connection is asked whether it works, unless who takes it finds that out
	connectTimeout = 10 * time.Second
	oldestServer   = 140000 // as server_version_num tells it
)

// IsURL tells whether a place is the address of a PostgreSQL server.
func IsURL(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// parseURL reads an address. What it does not tell is taken from the environment as PostgreSQL's own programs do it
// (PGPASSWORD, PGSSLMODE, ~/.pgpass).
func parseURL(url string) (*pgx.ConnConfig, error) {
	if !IsURL(url) {
		return nil, errors.New("does not begin with postgres://")
	}
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, withoutSecrets(err)
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connectTimeout
	}
	return c, nil
}

// withoutSecrets is the reason why an address could not be read, without the address.
func withoutSecrets(err error) error {
	text := err.Error()
	if _, reason, found := strings.Cut(text, "`: "); found {
		text = reason
	}
	if _, _, quotes := strings.Cut(text, "parse \""); quotes {
		text = "it is no URL"
	}
	return errors.New(text)
}

// placeOf names a database in messages, without password and options.
func placeOf(c *pgx.ConnConfig) string {
	host := net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
	return fmt.Sprintf("postgres://%s@%s/%s", c.User, host, c.Database)
}

// Place names the database of an address in messages, without password and options.
func Place(url string) string {
	c, err := parseURL(url)
	if err != nil {
		return "postgres://"
	}
	return placeOf(c)
}

// Open opens a store for writing by this process alone, and makes its tables where there are none. A second process is
// refused; one that was killed is waited for until its lease lapsed.
func Open(ctx context.Context, url string) (*Database, error) {
	s, err := openMigrated(ctx, url)
	if err != nil {
		return nil, err
	}
	if s.alone, err = lease.TakeAlone(ctx, s.admin, s.place); err != nil {
		s.closePool()
		return nil, problemOf(s.place, err)
	}
	return s, nil
}

// OpenShared opens a store as one of several instances that share out some parts of the work. now is our clock.
func OpenShared(ctx context.Context, url string, parts []db.Part, now func() time.Time) (*Database, error) {
	s, err := openMigrated(ctx, url)
	if err != nil {
		return nil, err
	}
	config, err := parseURL(url)
	if err == nil {
		s.shared, err = startSharing(ctx, config, s.admin, s.place, parts, now)
	}
	if err != nil {
		s.closePool()
		return nil, problemOf(s.place, err)
	}
	return s, nil
}

// openMigrated connects to a server and brings the schema to the present version.
func openMigrated(ctx context.Context, url string) (*Database, error) {
	s, err := connectServer(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := migrateSchema(ctx, s.admin, s.place); err != nil {
		s.closePool()
		return nil, problemOf(s.place, err)
	}
	return s, nil
}

// OpenRead opens a store beside the processes that write it.
func OpenRead(ctx context.Context, url string) (*Database, error) {
	s, err := connectServer(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := checkPresent(ctx, s.admin, s.place); err != nil {
		s.closePool()
		return nil, problemOf(s.place, err)
	}
	return s, nil
}

// Usable tells without changing anything whether a store can be read and written at an address, and what is there.
func Usable(ctx context.Context, url string) (string, error) {
	s, err := connectServer(ctx, url)
	if err != nil {
		return "", err
	}
	defer s.closePool()
	err = checkPresent(ctx, s.admin, s.place)
	if problem.Is(err, db.Empty) {
		return tellUsableEmpty(ctx, s.admin, s.place)
	}
	if err != nil {
		return "", problemOf(s.place, err)
	}
	return tellUsableHeld(ctx, s.admin, s.place)
}

// connectServer opens a pool of connections, and sees that the server answers and is of a version that it may be.
func connectServer(ctx context.Context, url string) (*Database, error) {
	c, err := parseURL(url)
	if err != nil {
		return nil, &problem.Problem{Code: db.Unreachable, Message: fmt.Sprintf("store.url cannot be read: %v", err),
			Hint: "Write it as postgres://ROLE:PASSWORD@HOST:5432/DATABASE."}
	}
	s := &Database{place: placeOf(c), timeouts: answerTimeouts, writing: make(chan struct{}, 1)}
	if s.pool, err = newPool(ctx, c); err != nil {
		return nil, problemOf(s.place, err)
	}
	s.admin = stdlib.OpenDBFromPool(s.pool)
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.read)
	defer cancel()
	var version int
	query := `SELECT CAST(current_setting('server_version_num') AS integer)`
	if err := s.admin.QueryRowContext(ctx, query).Scan(&version); err != nil {
		s.closePool()
		return nil, problemOf(s.place, err)
	}
	if version < oldestServer {
		s.closePool()
		return nil, &problem.Problem{Code: db.Unreachable,
			Message: fmt.Sprintf("store %s: the server is PostgreSQL %d", s.place, version/10000),
			Hint:    "Jerem needs PostgreSQL 14 or later."}
	}
	return s, nil
}

// newPool returns a pool of connections, none of which is opened yet.
func newPool(ctx context.Context, c *pgx.ConnConfig) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig("host=localhost")
	if err != nil {
		return nil, err
	}
	config.ConnConfig = c
	config.MaxConns = connections
	config.MaxConnIdleTime = idleTime
	config.ShouldPing = func(ctx context.Context, conn pgxpool.ShouldPingParams) bool {
		return ctx.Value(unpinged{}) == nil && conn.IdleDuration > pingAfter
	}
	return pgxpool.NewWithConfig(context.WithoutCancel(ctx), config)
}

// closePool closes all connections.
func (s *Database) closePool() {
	_ = s.admin.Close() // it has none of its own
	s.pool.Close()
}

// Place names the database.
func (s *Database) Place() string { return s.place }

// ReadOnly tells whether it is only read.
func (s *Database) ReadOnly() bool { return s.alone == nil && s.shared == nil }

// Tables lists no table: rows have no checksums of their own here.
func (s *Database) Tables() []db.Table { return nil }

// MovedTo returns "": a damaged database is restored by whoever keeps the server.
func (s *Database) MovedTo() string { return "" }

// CopiedTo returns "": a database is copied by pg_dump before an upgrade, see docs/upgrade.md.
func (s *Database) CopiedTo() string { return "" }

// Size returns how many bytes the tables take, with their indices.
func (s *Database) Size(ctx context.Context) (size int64, err error) {
	err = s.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint) FROM pg_class c
			WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace)`).Scan(&size)
	})
	return size, err
}

// OpenToOthers tells no: who may read is the server's business.
func (s *Database) OpenToOthers() bool { return false }

// SetTrace has each transaction tell its statements as they are executed, for tests.
func (s *Database) SetTrace(trace func(query string)) { s.trace = trace }

// RoundTrips tells how often transactions asked the server for something and waited for its answer, for tests.
// Statements that a connection prepares for the first time, and what is no transaction of the store, do not count.
func (s *Database) RoundTrips() int64 { return s.trips.Load() }

// SetFault sets what each write asks before it is made final.
func (s *Database) SetFault(fault func() error) { s.fault = fault }

// Sharing tells how the work is shared out; nil where this process works alone or only reads.
func (s *Database) Sharing() db.Sharing {
	if s.shared == nil {
		return nil
	}
	return s.shared
}

// Close gives back what this process led, and closes all connections.
func (s *Database) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	var err error
	switch {
	case s.alone != nil:
		err = s.alone.GiveBack(ctx)
	case s.shared != nil:
		err = s.shared.giveUpLeadership(ctx)
	}
	s.closePool()
	return problemOf(s.place, err)
}

func readOnly(place string) error {
	return &problem.Problem{Code: db.Unwritable, Message: fmt.Sprintf("store %s: is only read by this command", place),
		Hint: "Run jerem collect or jerem serve to write it."}
}
