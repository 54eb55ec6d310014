package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync/atomic"

	"jerem/problem"
)

// SQLite is a store in one file. It is safe for concurrent use.
type SQLite struct {
	path  string
	write *sql.DB // one connection; nil where the file is only read
	read  *sql.DB
	lock  *fileLock // nil where the file is only read
	moved string    // where a damaged file was moved

	checked  chan struct{} // closed once the file was found sound, or was replaced
	checking error         // what kept it from that
	cancel   context.CancelFunc

	copied string                          // a folder with a copy that is read in place of a file that cannot be
	failed atomic.Pointer[problem.Problem] // why nothing could be written the last time

	tables   []Table
	watched  atomic.Pointer[[]string] // the triggers that keep checksums
	mismatch atomic.Bool              // a read met what does not match
	compared atomic.Int64             // data_version of the writing connection when all was compared; 0 for never

	fault func() error
	trace func(query string)
}

// readerCount is how many transactions read at a time.
const readerCount = 4

// Open opens a store for writing and creates it where there is none. A second process that tries the same is refused,
// and so is a file that is not ours by its content. A damaged store is moved aside, never deleted, and an empty one
// takes its place: everything is read again from Jira. MovedTo tells of it. Whether the pages of a large file are sound
// is looked at behind: until that is known every transaction waits.
func Open(ctx context.Context, path string) (*SQLite, error) {
	kind, err := contentOf(ctx, path)
	if err != nil {
		return nil, err
	}
	s := &SQLite{path: path, checked: make(chan struct{})}
	if s.lock, err = takeLock(path); err != nil {
		return nil, err
	}
	if kind == contentHarmed {
		err = s.replaceDamaged(ctx)
	} else if err = s.openBoth(ctx); problem.Is(err, Damaged) || kind == contentOurs && isNotADatabase(err) {
		s.closeBoth()
		err = s.replaceDamaged(ctx)
	}
	if err != nil {
		close(s.checked)
		s.Close()
		return nil, problemOf(path, err)
	}
	behind, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	go func() {
		s.checking = problemOf(path, s.replaceUnsound(behind))
		close(s.checked)
	}()
	return s, nil
}

// replaceDamaged moves the file aside and opens an empty one in its place, under a lock of its own.
func (s *SQLite) replaceDamaged(ctx context.Context) (err error) {
	if s.moved, err = moveAside(s.path); err != nil {
		return err
	}
	s.lock.releaseLock()
	if s.lock, err = takeLock(s.path); err != nil {
		return err
	}
	return s.openBoth(ctx)
}

// replaceUnsound replaces a file whose pages contradict one another.
func (s *SQLite) replaceUnsound(ctx context.Context) error {
	err := soundOrReindexed(ctx, s.path, s.write)
	if !problem.Is(problemOf(s.path, err), Damaged) {
		return err
	}
	if err := s.closeBoth(); err != nil {
		return err
	}
	return s.replaceDamaged(ctx)
}

// MovedTo returns where a damaged file was moved when it was opened, "" for none. It waits until that is known.
func (s *SQLite) MovedTo() string {
	<-s.checked
	return s.moved
}

// Place names the file.
func (s *SQLite) Place() string { return s.path }

// ReadOnly tells whether the file is only read.
func (s *SQLite) ReadOnly() bool { return s.lock == nil }

// Tables lists the tables whose rows have checksums.
func (s *SQLite) Tables() []Table { return s.tables }

// SetTrace has each transaction tell its statements, for tests.
func (s *SQLite) SetTrace(trace func(query string)) { s.trace = trace }

// SetFault sets what each write asks before it is made final.
func (s *SQLite) SetFault(fault func() error) { s.fault = fault }

func (s *SQLite) openBoth(ctx context.Context) (err error) {
	driver, err := sumDriver()
	if err != nil {
		return err
	}
	c := connector{
		driver:  driver,
		address: dataSource(s.path, forWriting...),
		watched: &s.watched,
		present: s.lock.checkPresent,
	}
	s.watched.Store(nil)
	s.write = sql.OpenDB(c)
	s.write.SetMaxOpenConns(1)
	if err := s.migrateFile(ctx); err != nil {
		return problemOf(s.path, err)
	}
	if err := s.createTriggers(ctx); err != nil {
		return problemOf(s.path, err)
	}
	return problemOf(s.path, s.openReaders(ctx))
}

// createTriggers makes the triggers that keep the checksums, on this connection and on each that takes its place.
func (s *SQLite) createTriggers(ctx context.Context) (err error) {
	if s.tables, err = tablesOf(ctx, s.write); err != nil {
		return err
	}
	var statements []string
	for _, t := range s.tables {
		statements = append(statements, t.triggerStatements()...)
	}
	for _, statement := range statements {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	s.watched.Store(&statements)
	return nil
}

// openReaders opens all connections that only read, for good: a later one would meet whatever stands at the path then.
func (s *SQLite) openReaders(ctx context.Context) (err error) {
	driver, err := sumDriver()
	if err != nil {
		return err
	}
	s.read = sql.OpenDB(
		connector{driver: driver, address: dataSource(s.path, forReading...), present: s.lock.checkPresent},
	)
	s.read.SetMaxOpenConns(readerCount)
	s.read.SetMaxIdleConns(readerCount)
	for range readerCount {
		conn, err := s.read.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close() // back to the others
		var tables int     // a first read opens the files beside it
		if err := conn.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
			return err
		}
	}
	return nil
}

// Close closes the file.
func (s *SQLite) Close() error {
	if s.cancel != nil {
		s.cancel()
	}
	<-s.checked
	errs := []error{s.closeBoth()}
	s.lock.releaseLock()
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return errors.Join(errs...)
}

func (s *SQLite) closeBoth() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.read, s.write = nil, nil
	return errors.Join(errs...)
}

// OpenToOthers tells whether other users of the system may read the file.
func (s *SQLite) OpenToOthers() bool {
	info, err := os.Stat(s.path)
	return err == nil && info.Mode().Perm()&0o077 != 0
}
