package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"jerem/store/db"
	"jerem/store/db/postgres/lease"
)

// session is one transaction of the store at the server. What begins it goes with its first statement, and what ends
// it with the commit: a write of one statement takes two round trips. One without a statement takes none.
type session struct {
	database   *Database
	writes     bool
	setVersion func(version int64) // is told the version that the store will have, when a write begins

	conn   *pgxpool.Conn // nil before the first statement, and after the end
	fence  db.Fence      // under which it writes
	failed error         // why it could not go on

	answered func() // ends the time that the first answer may take
	letGo    func() // gives back what bounds that time; nil before the first statement

	later   []laterStatement
	changed bool // one of those changed a row
}

// laterStatement is a statement that goes with the next one.
type laterStatement struct {
	text string
	args []any
}

const beginRead = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`

// withoutCompiling has the server compile no query of a transaction. All of them ask for sets by their keys, while
// tables of which no statistics are known yet make some look as if they were worth the third of a second that it takes.
const withoutCompiling = `SET LOCAL jit = off`

// beginWrite renews the lease of a transaction, whose row it locks, locks the row of the version, which it returns as
// it will be, and has the server give up a transaction in which nothing happens for half a minute: else a process that
// was cut off would hold the rows for hours. It returns no row where another process has the lease.
const beginWrite = `WITH held AS (` + lease.Renew + ` RETURNING epoch)
	SELECT (SELECT CAST(value AS bigint) + 1 FROM meta WHERE name = 'version' FOR UPDATE),
	set_config('idle_in_transaction_session_timeout', '30s', true) FROM held`

// endWrite ends a write that changed a row: it raises the version, and renews the lease of one that took long.
const endWrite = `WITH held AS (` + lease.Renew + ` AND until < clock_timestamp() + interval '5 seconds')
	UPDATE meta SET value = CAST(CAST(value AS bigint) + 1 AS text) WHERE name = 'version'`

// A server that is stopped, or whose packets are lost, answers nothing and closes nothing: its connections look as if
// they worked. What is waited for is the answer to what begins a transaction. That of a write may have to wait until
// another process has written.
type timeouts struct {
	read, write time.Duration
	acquire     time.Duration // until one of the connections is free
	silent      time.Duration // instead of read and acquire, since the server left a question unanswered
}

var answerTimeouts = timeouts{read: 10 * time.Second, write: time.Minute, acquire: time.Minute, silent: 2 * time.Second}

// readTimeout is how long the answer to a question is waited for. A page asks several: one after another each would
// take the whole time.
func readTimeout(s *Database) time.Duration {
	if s.silent.Load() {
		return s.timeouts.silent
	}
	return s.timeouts.read
}

// silentSpan is how long a server that left a question unanswered is waited for no longer than it takes to see that it
// answers again: then a question has the whole time once more, for the server may be slow and not silent.
const silentSpan = 30 * time.Second

// rememberSilence notes that the server left a question unanswered.
func rememberSilence(s *Database) {
	if s.silent.CompareAndSwap(false, true) {
		time.AfterFunc(silentSpan, func() { s.silent.Store(false) })
	}
}

// acquireTimeout is how long a free connection, or a new one, is waited for.
func acquireTimeout(s *Database) time.Duration {
	if s.silent.Load() {
		return s.timeouts.silent
	}
	return s.timeouts.acquire
}

// errNoneFree says that transactions held all connections for long.
var errNoneFree = errors.New("none of the connections became free")

// errUnanswered says that a server took a question and did not answer it.
var errUnanswered = errors.New("it does not answer")

// endTimeout is how long the end of a transaction may take whose caller has gone.
const endTimeout = 5 * time.Second

// Exec executes a statement and returns how many rows it changed.
func (s *session) Exec(ctx context.Context, statement string, args []any) (changed int64, err error) {
	rows, err := s.query(ctx, statement, args)
	if err != nil {
		return 0, err
	}
	err = rows.Close()
	return rows.rows.CommandTag().RowsAffected(), err
}

// Query asks for rows.
func (s *session) Query(ctx context.Context, statement string, args []any) (db.Rows, error) {
	return s.query(ctx, statement, args)
}

func (s *session) query(ctx context.Context, statement string, args []any) (rows *answer, err error) {
	args = escapeTexts(args)
	switch {
	case s.failed != nil:
		return nil, s.failed
	case s.conn == nil:
		rows, err = s.begin(ctx, statement, args)
	case len(s.later) > 0:
		rows, err = s.queryWithLater(ctx, statement, args)
	default:
		s.database.trips.Add(1)
		found, err := s.conn.Query(ctx, statement, args...)
		return &answer{rows: found}, err
	}
	s.failed = err
	return rows, err
}

// Later has a statement executed with the next one.
func (s *session) Later(statement string, args []any) {
	s.later = append(s.later, laterStatement{statement, escapeTexts(args)})
}

// Changed tells whether one of the statements that went with others changed a row.
func (s *session) Changed() bool { return s.changed }

// queueLater adds the statements that wait to a batch.
func (s *session) queueLater(batch *pgx.Batch) {
	for _, one := range s.later {
		batch.Queue(one.text, one.args...)
	}
}

// readLater reads what became of the statements that waited.
func (s *session) readLater(results pgx.BatchResults) error {
	for range s.later {
		tag, err := results.Exec()
		if err != nil {
			return err
		}
		s.changed = s.changed || tag.RowsAffected() > 0
	}
	s.later = nil
	return nil
}

// queryWithLater executes what waits, and asks for rows.
func (s *session) queryWithLater(ctx context.Context, statement string, args []any) (*answer, error) {
	batch := &pgx.Batch{}
	s.queueLater(batch)
	batch.Queue(statement, args...)
	s.database.trips.Add(1)
	results := s.conn.SendBatch(ctx, batch)
	err := s.readLater(results)
	var rows pgx.Rows
	if err == nil {
		rows, err = results.Query()
	}
	if err != nil {
		_ = results.Close() // it is the same error
		return nil, err
	}
	return &answer{rows, results}, nil
}

// finishLater executes what waits where it decides whether anything was changed.
func (s *session) finishLater(ctx context.Context) error {
	n := len(s.later) - 1
	if n < 0 {
		return nil
	}
	last := s.later[n]
	s.later = s.later[:n]
	changed, err := s.Exec(ctx, last.text, last.args)
	s.changed = s.changed || changed > 0
	return err
}

// begin begins the transaction with its first statement. Where the connection was lost while it rested nothing
// happened, and another one is taken. Where another process took the lease over the write is refused; a process that
// works alone takes it back, if the other one ended since.
func (s *session) begin(ctx context.Context, statement string, args []any) (*answer, error) {
	for lost := 0; ; {
		rows, err := s.beginOnce(ctx, statement, args)
		switch {
		case err == nil:
			return rows, nil
		case errors.Is(err, errConnectionLost) && lost < connections:
			lost++
		case errors.Is(err, db.ErrSuperseded) && s.database.alone != nil:
			if err := s.database.alone.TakeBack(ctx); err != nil {
				return nil, err
			}
		default:
			return nil, err
		}
	}
}

// errConnectionLost says that a connection was lost before it answered.
var errConnectionLost = errors.New("the connection was lost")

// unpinged is the key of contexts by which a connection is taken without being asked whether it works: see begin.
type unpinged struct{}

// beginOnce sends what begins the transaction and its first statement on a connection, which the session has then.
func (s *session) beginOnce(ctx context.Context, statement string, args []any) (*answer, error) {
	batch := &pgx.Batch{}
	if s.writes {
		if err := s.findFence(ctx); err != nil {
			return nil, err
		}
		batch.Queue(`BEGIN`)
	} else {
		batch.Queue(beginRead)
	}
	batch.Queue(withoutCompiling)
	if s.writes {
		batch.Queue(beginWrite, string(s.fence.Part), s.fence.Epoch)
	}
	s.queueLater(batch)
	batch.Queue(statement, args...)
	conn, err := acquire(ctx, s.database)
	if err != nil {
		return nil, err
	}
	ctx = s.boundFirstAnswer(ctx)
	s.database.trips.Add(1)
	results := conn.SendBatch(ctx, batch)
	_, err = results.Exec()
	if err != nil && conn.Conn().IsClosed() && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	if err == nil {
		_, err = results.Exec() // withoutCompiling
	}
	if err == nil && s.writes {
		err = s.readFence(results)
	}
	if err == nil {
		err = s.readLater(results)
	}
	var rows pgx.Rows
	if err == nil {
		rows, err = results.Query()
	}
	s.conn = conn
	if err != nil {
		err = unansweredOr(ctx, err)
		if isSilence(err) {
			rememberSilence(s.database)
		}
		_ = results.Close() // it is the same error
		s.rollback(ctx)
		return nil, err
	}
	s.answered()
	return &answer{rows, results}, nil
}

// acquire takes a connection to begin a transaction on. All may be taken by transactions that a server answers no
// more, so that none is waited for for ever.
func acquire(ctx context.Context, s *Database) (*pgxpool.Conn, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, acquireTimeout(s), errNoneFree)
	defer cancel()
	conn, err := s.pool.Acquire(context.WithValue(waiting, unpinged{}, true))
	if err != nil && errors.Is(context.Cause(waiting), errNoneFree) {
		return nil, errNoneFree
	}
	return conn, err
}

// boundFirstAnswer returns a context that ends where the first answer is not there in time.
func (s *session) boundFirstAnswer(ctx context.Context) context.Context {
	if s.letGo != nil {
		s.letGo() // of an attempt before
	}
	most := readTimeout(s.database)
	if s.writes {
		most = s.database.timeouts.write
	}
	bounded, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(most, func() { cancel(errUnanswered) })
	s.answered = func() {
		timer.Stop()
		s.database.silent.Store(false)
	}
	s.letGo = func() {
		timer.Stop()
		cancel(nil)
	}
	return bounded
}

// unansweredOr returns an error, or that the server did not answer where that is why it came.
func unansweredOr(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errUnanswered) {
		return errUnanswered
	}
	return err
}

// findFence finds the lease under which the transaction writes.
func (s *session) findFence(ctx context.Context) error {
	fence, fenced := db.FenceOf(ctx)
	if s.database.alone != nil {
		fence, fenced = s.database.alone.Fence(), true
	}
	if !fenced {
		return fmt.Errorf("store %s: a write without a lease: the program is at fault", s.database.place)
	}
	s.fence = fence
	return nil
}

// readFence reads whether the lease is still the one under which the work began.
func (s *session) readFence(results pgx.BatchResults) error {
	var version int64
	var limit string
	err := results.QueryRow().Scan(&version, &limit)
	if errors.Is(err, pgx.ErrNoRows) {
		return lease.Superseded(s.database.place, s.fence.Part)
	}
	if err == nil {
		s.setVersion(version)
	}
	return err
}

// commit makes a write final, and gives the connection back.
func (s *session) commit(ctx context.Context) error {
	batch := &pgx.Batch{}
	s.queueLater(batch)
	batch.Queue(endWrite, string(s.fence.Part), s.fence.Epoch)
	batch.Queue(`COMMIT`)
	s.database.trips.Add(1)
	results := s.conn.SendBatch(ctx, batch)
	err := s.readLater(results)
	if err == nil {
		_, err = results.Exec()
	}
	if err == nil {
		var tag pgconn.CommandTag
		if tag, err = results.Exec(); err == nil && tag.String() != "COMMIT" {
			err = errors.New("the server gave the transaction up")
		}
	}
	if closed := results.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	s.conn.Release()
	s.conn = nil
	return nil
}

// rollback ends a transaction of which nothing is to stay, whoever has gone meanwhile, and gives the connection back.
// One that was ended, or that never began, is left alone.
func (s *session) rollback(ctx context.Context) {
	if s.letGo != nil {
		s.letGo()
	}
	if s.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if !s.conn.Conn().IsClosed() {
		s.database.trips.Add(1)
		_, _ = s.conn.Exec(ctx, `ROLLBACK`) // a connection on which it fails is closed
	}
	s.conn.Release()
	s.conn = nil
}
