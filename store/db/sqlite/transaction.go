package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"jerem/problem"
	"jerem/store/db"
)

// Write runs a transaction that writes, and raises the version where it changed a row; within another one it joins it.
// A problem of the file itself is remembered until a write succeeds: it cannot be noted in the file.
func (s *Database) Write(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if open := db.Joined(ctx, s); open != nil {
		return rememberedProblem(s, open.Join(ctx, do))
	}
	if s.ReadOnly() {
		return readOnly(s.path)
	}
	err := s.awaitCheck(ctx)
	if err == nil {
		err = s.lock.CheckPresent()
	}
	if err == nil {
		err = writeOnce(s, ctx, do)
	}
	s.rememberProblem(err)
	return err
}

// awaitCheck waits until the file was found sound.
func (s *Database) awaitCheck(ctx context.Context) error {
	select {
	case <-s.checked:
		return s.checking
	case <-ctx.Done():
		return ctx.Err()
	}
}

func writeOnce(s *Database, ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if err := createTriggers(s, ctx); err != nil {
		return rememberedProblem(s, err)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return rememberedProblem(s, err)
	}
	defer tx.Rollback()
	open := db.NewTx(db.Prepared(tx), dialect, s.trace)
	if err := open.Join(db.Joining(ctx, s, open), do); err != nil {
		return rememberedProblem(s, err)
	}
	if err := open.Failed(); err != nil {
		return err
	}
	if !open.Written() {
		return nil
	}
	raise := `UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'`
	if _, err := open.Exec(ctx, raise); err != nil {
		return rememberedProblem(s, err)
	}
	if s.fault != nil {
		if err := s.fault(); err != nil {
			return err
		}
	}
	return rememberedProblem(s, tx.Commit())
}

// Read runs a transaction that only reads: all of it sees one state of the file. Within one that writes it sees what
// that one wrote.
func (s *Database) Read(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if open := db.Joined(ctx, s); open != nil {
		return rememberedProblem(s, do(ctx, open))
	}
	if err := s.awaitCheck(ctx); err != nil {
		return err
	}
	return readOnce(s, ctx, do)
}

// ReadAhead is Read for what may be done twice: the file is checked beside it. What was read of one that turns out not
// to be whole is not used; it is read again.
func (s *Database) ReadAhead(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if isChecked(s) || db.Joined(ctx, s) != nil {
		return s.Read(ctx, do)
	}
	s.reads.RLock()
	err := readOnce(s, ctx, do)
	s.reads.RUnlock()
	if failed := s.awaitCheck(ctx); failed != nil {
		return failed
	}
	if s.mended {
		return s.Read(ctx, do)
	}
	return err
}

// isChecked tells whether the file was found sound, or was replaced.
func isChecked(s *Database) bool {
	select {
	case <-s.checked:
		return true
	default:
		return false
	}
}

func readOnce(s *Database, ctx context.Context, do func(context.Context, *db.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return rememberedProblem(s, err)
	}
	defer tx.Rollback()
	return rememberedProblem(s, do(ctx, db.NewTx(db.Prepared(tx), dialect, s.trace)))
}

// Version changes with every write.
func (s *Database) Version(ctx context.Context) (version int64, err error) {
	err = s.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'version'`).Scan(&version)
	})
	return version, err
}

// rememberedProblem is problemOf that remembers that something does not match: the next cycle compares all.
func rememberedProblem(s *Database, err error) error {
	err = problemOf(s.path, err)
	if problem.Is(err, db.Mismatch) {
		s.mismatch.Store(true)
	}
	return err
}

// rememberProblem keeps the problem of a write that the file itself causes, and forgets it once a write succeeds.
func (s *Database) rememberProblem(err error) {
	var p *problem.Problem
	switch {
	case err == nil:
		s.failed.Store(nil)
	case errors.As(err, &p) && problem.Is(p, db.Full, db.Lost, db.Unwritable, db.Damaged):
		s.failed.Store(p)
	}
}

// Unwritten tells why nothing could be written the last time; nil where it could.
func (s *Database) Unwritten() *problem.Problem { return s.failed.Load() }

// Doubtful tells whether the file may hold what nobody of us wrote: it was not compared yet since it was opened, a read
// found a mismatch, or another program wrote into it.
func (s *Database) Doubtful(ctx context.Context) (bool, error) {
	if s.ReadOnly() {
		return false, nil
	}
	if err := s.awaitCheck(ctx); err != nil {
		return false, err
	}
	if err := s.lock.CheckPresent(); err != nil {
		s.rememberProblem(err)
		return false, err
	}
	var now int64
	if err := s.write.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&now); err != nil {
		return false, rememberedProblem(s, err)
	}
	return s.mismatch.Load() || s.compared.Load() != now, nil
}

// Compared is Write with all that does not match. Once it is done nothing is doubtful any more.
func (s *Database) Compared(ctx context.Context, do func(context.Context, *db.Tx, db.Findings) error) error {
	var version int64
	err := s.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		found, err := db.CompareTables(ctx, tx, s.tables)
		if err != nil {
			return err
		}
		if err := do(ctx, tx, found); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `PRAGMA data_version`).Scan(&version)
	})
	if err == nil {
		s.mismatch.Store(false)
		s.compared.Store(version)
	}
	return err
}
