package postgres

import (
	"context"
	"database/sql"
	"errors"

	"jerem/problem"
	"jerem/store/db"
)

// Write runs a transaction that writes, and raises the version where it changed a row; within another one it joins it.
// It holds the row of the lease from its beginning: writes of this and of other processes come one after another.
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
	err := problemOf(s.place, s.writeOnce(ctx, do))
	s.rememberProblem(err)
	return err
}

// beginWrite renews the lease of an epoch for a transaction, whose row it locks, and has the server give up a
// transaction in which nothing happens for half a minute: else a process that was cut off would hold the row for hours.
const beginWrite = renewLease + ` RETURNING set_config('idle_in_transaction_session_timeout', '30s', true)`

// raiseVersion ends a write that changed a row.
const raiseVersion = `UPDATE meta SET value = CAST(CAST(value AS bigint) + 1 AS text) WHERE name = 'version'`

func (s *Database) writeOnce(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	tx, err := s.beginFenced(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	open := db.NewTx(tx, dialect, s.trace)
	if err := open.Join(db.Joining(ctx, s, open), do); err != nil {
		return err
	}
	if err := open.Failed(); err != nil {
		return err
	}
	if !open.Written() {
		return nil
	}
	if _, err := open.Exec(ctx, raiseVersion); err != nil {
		return err
	}
	if s.fault != nil {
		if err := s.fault(); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// beginFenced begins a transaction that holds the lease. Where another process took it over meanwhile it is taken back
// if it lapsed since; else the write is refused.
func (s *Database) beginFenced(ctx context.Context) (*sql.Tx, error) {
	for {
		tx, err := s.pool.BeginTx(ctx, nil)
		if err != nil {
			return nil, err
		}
		var limit string
		err = tx.QueryRowContext(ctx, beginWrite, s.epoch.Load()).Scan(&limit)
		if err == nil {
			return tx, nil
		}
		_ = tx.Rollback()
		if !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		epoch, err := takeLease(ctx, s.pool)
		if err != nil {
			return nil, err
		}
		if epoch == 0 {
			return nil, s.leaseLost(ctx)
		}
		s.epoch.Store(epoch)
	}
}

// leaseLost says that another process took the lease over, while this one was held up.
func (s *Database) leaseLost(ctx context.Context) error {
	now, err := readLease(ctx, s.pool)
	if err != nil {
		return err
	}
	return leaseHeld(s.place, now.holder)
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

// Version changes with every write.
func (s *Database) Version(ctx context.Context) (version int64, err error) {
	err = s.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT CAST(value AS bigint) FROM meta WHERE name = 'version'`).Scan(&version)
	})
	return version, err
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
