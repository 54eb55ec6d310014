package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/lease"
)

// Write runs a transaction that writes, and raises the version where it changed a row; within another one it joins it.
// It holds the row of its lease and that of the version from its beginning: writes of all processes come one after
// another. Where the work is shared the context says by which lease it writes: see db.Fenced.
func (s *Database) Write(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if open := db.Joined(ctx, s); open != nil {
		return problemOf(s.place, open.Join(ctx, do))
	}
	if s.ReadOnly() {
		return readOnly(s.place)
	}
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.writing }()
	err := problemOf(s.place, writeOnce(s, ctx, do))
	s.rememberProblem(err)
	return err
}

// beginWrite renews the lease of a transaction, whose row it locks, locks the row of the version, which it returns as
// it will be, and has the server give up a transaction in which nothing happens for half a minute: else a process that
// was cut off would hold the rows for hours. It returns no row where another process has the lease.
const beginWrite = `WITH held AS (` + lease.Renew + ` RETURNING epoch)
	SELECT (SELECT CAST(value AS bigint) + 1 FROM meta WHERE name = 'version' FOR UPDATE),
	set_config('idle_in_transaction_session_timeout', '30s', true) FROM held`

// endWrite ends a write that changed a row: it raises the version, and renews the lease, for the write may have taken
// longer than a lease stands.
const endWrite = `WITH held AS (` + lease.Renew + `)
	UPDATE meta SET value = CAST(CAST(value AS bigint) + 1 AS text) WHERE name = 'version'`

func writeOnce(s *Database, ctx context.Context, do func(context.Context, *db.Tx) error) error {
	tx, fence, version, err := beginFenced(s, ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	open := db.NewTx(tx, dialect, s.trace)
	open.SetVersion(version)
	if err := open.Join(db.Joining(ctx, s, open), do); err != nil {
		return err
	}
	if err := open.Failed(); err != nil {
		return err
	}
	if !open.Written() {
		return nil
	}
	if _, err := open.Exec(ctx, endWrite, string(fence.Part), fence.Epoch); err != nil {
		return err
	}
	if s.fault != nil {
		if err := s.fault(); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// beginFenced begins a transaction that holds its lease. Where another process took that over meanwhile the write is
// refused; a process that works alone takes it back, if the other one ended since.
func beginFenced(s *Database, ctx context.Context) (*sql.Tx, db.Fence, int64, error) {
	for {
		fence, fenced := db.FenceOf(ctx)
		if s.alone != nil {
			fence, fenced = s.alone.Fence(), true
		}
		if !fenced {
			return nil, fence, 0, fmt.Errorf("store %s: a write without a lease: the program is at fault", s.place)
		}
		tx, err := s.pool.BeginTx(ctx, nil)
		if err != nil {
			return nil, fence, 0, err
		}
		var version int64
		var limit string
		err = tx.QueryRowContext(ctx, beginWrite, string(fence.Part), fence.Epoch).Scan(&version, &limit)
		if err == nil {
			return tx, fence, version, nil
		}
		_ = tx.Rollback()
		switch {
		case !errors.Is(err, sql.ErrNoRows):
			return nil, fence, 0, err
		case s.alone == nil:
			return nil, fence, 0, lease.Superseded(s.place, fence.Part)
		}
		if err := s.alone.TakeBack(ctx); err != nil {
			return nil, fence, 0, err
		}
	}
}

// Read runs a transaction that only reads: all of it sees one state. Within one that writes it sees what that one
// wrote.
func (s *Database) Read(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if open := db.Joined(ctx, s); open != nil {
		return problemOf(s.place, do(ctx, open))
	}
	tx, err := s.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return problemOf(s.place, err)
	}
	defer tx.Rollback()
	return problemOf(s.place, do(ctx, db.NewTx(tx, dialect, s.trace)))
}

// Version changes with every write. It is asked for with every page, so it takes one round trip and not the three of a
// transaction.
func (s *Database) Version(ctx context.Context) (version int64, err error) {
	query := `SELECT CAST(value AS bigint) FROM meta WHERE name = 'version'`
	if open := db.Joined(ctx, s); open != nil {
		return version, problemOf(s.place, open.QueryRow(ctx, query).Scan(&version))
	}
	err = s.pool.QueryRowContext(ctx, query).Scan(&version)
	return version, problemOf(s.place, err)
}

// rememberProblem keeps the problem of a write that the server itself causes, and forgets it once a write succeeds: it
// cannot be noted in the database.
func (s *Database) rememberProblem(err error) {
	var p *problem.Problem
	switch {
	case err == nil:
		s.failed.Store(nil)
	case errors.As(err, &p) && problem.Is(p, db.Full, db.Unreachable, db.Unwritable, db.Damaged, db.Locked):
		s.failed.Store(p)
	}
}

// Unwritten tells why nothing could be written the last time; nil where it could.
func (s *Database) Unwritten() *problem.Problem { return s.failed.Load() }

// Doubtful tells that no row is doubted: rows have no checksums of their own here.
func (s *Database) Doubtful(context.Context) (bool, error) { return false, nil }

// Compared is Write without findings.
func (s *Database) Compared(ctx context.Context, do func(context.Context, *db.Tx, db.Findings) error) error {
	return s.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return do(ctx, tx, nil) })
}
