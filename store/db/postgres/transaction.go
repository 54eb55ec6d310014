package postgres

import (
	"context"
	"errors"

	"jerem/problem"
	"jerem/store/db"
)

// Write runs a transaction that writes, and raises the version where it changed a row; within another one it joins it.
// It holds the row of its lease and that of the version from its first statement on: writes of all processes come one
// after another. Where the work is shared the context says by which lease it writes: see db.Fenced.
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

func writeOnce(s *Database, ctx context.Context, do func(context.Context, *db.Tx) error) error {
	session := &session{database: s, writes: true}
	defer session.rollback(ctx)
	open := db.NewTx(session, dialect, s.trace)
	session.setVersion = open.SetVersion
	if err := open.Join(db.Joining(ctx, s, open), do); err != nil {
		return err
	}
	if err := errors.Join(open.Failed(), session.failed); err != nil {
		return err
	}
	if !open.Written() {
		if err := session.finishLater(ctx); err != nil || !open.Written() {
			return err
		}
	}
	if s.fault != nil {
		if err := s.fault(); err != nil {
			return err
		}
	}
	return session.commit(ctx)
}

// Read runs a transaction that only reads: all of it sees one state. Within one that writes it sees what that one
// wrote.
func (s *Database) Read(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if open := db.Joined(ctx, s); open != nil {
		return problemOf(s.place, do(ctx, open))
	}
	session := &session{database: s}
	defer session.rollback(ctx)
	return problemOf(s.place, do(ctx, db.NewTx(session, dialect, s.trace)))
}

// Version changes with every write. It is asked for with every page, so it takes one round trip and not the three of a
// transaction.
func (s *Database) Version(ctx context.Context) (version int64, err error) {
	query := `SELECT CAST(value AS bigint) FROM meta WHERE name = 'version'`
	if open := db.Joined(ctx, s); open != nil {
		return version, problemOf(s.place, open.QueryRow(ctx, query).Scan(&version))
	}
	ctx, cancel := context.WithTimeoutCause(ctx, readTimeout(s), errUnanswered)
	defer cancel()
	err = unansweredOr(ctx, s.pool.QueryRow(ctx, query).Scan(&version))
	switch {
	case err == nil:
		s.silent.Store(false)
	case isSilence(err):
		rememberSilence(s)
	}
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
