// Package store keeps what was read of a Jira in one SQLite file: each issue as it was read, opaque
// and compressed, and the timelines that were derived from it; sprints with every version seen;
// worklogs; and how far each team was read and each sink was served.
//
// An exported method is one transaction. SQL stops here. One process writes a file at a time,
// others may read beside it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jerem/problem"
)

// Store is an open file. It is safe for concurrent use.
type Store struct {
	path  string
	write *sql.DB // one connection; nil where the store is only read
	read  *sql.DB
	file  *os.File // the file itself, locked; nil where the store is only read
	note  *os.File // beside it: which process writes it
	aside string

	copied string                          // a folder with a copy that is read in place of a file that cannot be; "" for none
	failed atomic.Pointer[problem.Problem] // why nothing could be written the last time; nil where it could

	settled atomic.Int64 // cycles of reading that ended

	parts    []part                   // of what has checksums
	watched  atomic.Pointer[[]string] // the triggers that keep them
	mismatch atomic.Bool              // a read met what does not match
	compared atomic.Int64             // data_version of the writing connection when all was compared; 0 for never

	// Fault is asked before each write is made final; an error keeps it from being. It is trouble on
	// demand, for tests of those who write; nil otherwise.
	Fault func() error
}

// The kinds of trouble.
const (
	NotRead     problem.Code = "store.not_read"    // the team was never read
	Missing     problem.Code = "store.missing"     // there is no file
	Locked      problem.Code = "store.locked"      // another process writes it
	NotAStore   problem.Code = "store.not_a_store" // the file is something else
	Damaged     problem.Code = "store.damaged"     // it is a store, and cannot be read any more
	Mismatch    problem.Code = "store.mismatch"    // it can be read, and holds what does not match its checksum
	Newer       problem.Code = "store.newer"       // a newer jerem wrote it
	Unwritable  problem.Code = "store.unwritable"  // it cannot be created or written
	Full        problem.Code = "store.full"        // the disk is full
	Lost        problem.Code = "store.lost"        // the file was deleted or replaced while it was open
	readerCount              = 4
)

// Open opens a store for writing and creates it where there is none. A second process that tries the same is refused,
// and so is a file that is not ours by its content. A damaged store is moved aside, never deleted, and an empty one
// takes its place: everything is read again from Jira. Aside tells of it.
func Open(ctx context.Context, path string) (*Store, error) {
	kind, err := contentOf(ctx, path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if err := s.takeLock(); err != nil {
		return nil, err
	}
	if kind == contentHarmed {
		err = s.replaceDamaged(ctx)
	} else if err = s.openBoth(ctx); problem.Is(err, Damaged) || kind == contentOurs && notADatabase(err) {
		s.closeBoth()
		err = s.replaceDamaged(ctx)
	}
	if err != nil {
		s.Close()
		return nil, s.trouble(err)
	}
	return s, nil
}

// replaceDamaged moves the file aside and opens an empty one in its place, under a lock of its own.
func (s *Store) replaceDamaged(ctx context.Context) (err error) {
	if s.aside, err = moveAside(s.path); err != nil {
		return err
	}
	s.releaseLock()
	if err := s.takeLock(); err != nil {
		return err
	}
	return s.openBoth(ctx)
}

// Aside returns where a damaged file was moved when the store was opened; "" for none.
func (s *Store) Aside() string { return s.aside }

func (s *Store) openBoth(ctx context.Context) error {
	var err error
	if s.write, err = s.connect(s.path, forWriting); err != nil {
		return s.trouble(err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return s.trouble(err)
	}
	if err := s.soundOrReindexed(ctx); err != nil {
		return s.trouble(err)
	}
	if err := s.watch(ctx); err != nil {
		return s.trouble(err)
	}
	return s.trouble(s.openReaders(ctx))
}

// watch makes the triggers that keep the checksums, on this connection and on each that takes its place.
func (s *Store) watch(ctx context.Context) (err error) {
	if s.parts, err = partsOf(ctx, s.write); err != nil {
		return err
	}
	var statements []string
	for _, p := range s.parts {
		statements = append(statements, p.triggers()...)
	}
	for _, statement := range statements {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	s.watched.Store(&statements)
	return nil
}

// OpenRead opens a store beside the process that writes it, also where this user may only read it.
func OpenRead(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, missing(path, err)
	}
	if kind, err := contentOf(ctx, path); err != nil {
		return nil, err
	} else if kind == contentHarmed {
		return nil, (&Store{path: path}).damaged(errors.New("its beginning is lost"))
	}
	s := &Store{path: path}
	err := s.openReading(ctx)
	if err == nil {
		err = s.sound(ctx, s.read)
	}
	if err == nil {
		err = s.compareOnly(ctx)
	}
	if err != nil {
		s.Close()
		return nil, s.trouble(err)
	}
	return s, nil
}

// address is what opens a file of SQLite; mode and options are parameters of it. A relative path begins with ./, for
// SQLite would take :memory: for no file at all.
func address(path string, options ...string) string {
	if !filepath.IsAbs(path) {
		path = "./" + path
	}
	opaque := strings.ReplaceAll(url.PathEscape(filepath.ToSlash(path)), "%2F", "/")
	return "file:" + opaque + "?" + strings.Join(options, "&")
}

// The ways to open a store; the time to wait for a lock is set before anything else.
var (
	forWriting = []string{"mode=rwc", "_pragma=busy_timeout(10000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
		"_pragma=foreign_keys(1)", "_txlock=immediate"}
	forReading = []string{"mode=rw", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)"}
	readOnly   = []string{"mode=ro", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)"}
	immutable  = []string{"mode=ro", "immutable=1", "_pragma=query_only(1)"} // nobody writes it: no log beside it is looked at
)

func (s *Store) connect(path string, options []string) (*sql.DB, error) {
	sqlite, err := sumDriver()
	if err != nil {
		return nil, err
	}
	c := connector{driver: sqlite, address: address(path, options...)}
	if slices.Contains(options, "mode=rwc") {
		c.watched = &s.watched
	}
	if s.file != nil {
		c.present = s.present
	}
	return sql.OpenDB(c), nil
}

// openReaders opens all connections that only read, for good: a later one would meet whatever stands at the path then.
func (s *Store) openReaders(ctx context.Context) (err error) {
	if s.read, err = s.connect(s.path, forReading); err != nil {
		return err
	}
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
func (s *Store) Close() error {
	errs := []error{s.closeBoth()}
	s.releaseLock()
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return errors.Join(errs...)
}

func (s *Store) closeBoth() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// notADatabase tells whether SQLite cannot make out a database.
func notADatabase(err error) bool {
	var db *sqlite.Error
	return errors.As(err, &db) && db.Code()&0xff == sqlite3.SQLITE_NOTADB
}

// trouble makes a typed error of what the database says.
func (s *Store) trouble(err error) error {
	var own *problem.Problem
	var db *sqlite.Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case errors.Is(err, errMismatch) || strings.Contains(err.Error(), "sql: Scan error"): // a value of another type
		return s.mismatched(err)
	case !errors.As(err, &db):
		return err
	}
	e := &problem.Problem{Message: fmt.Sprintf("store %s: %v", s.path, db), Cause: err}
	switch db.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		e.Code, e.Message, e.Hint = NotAStore, fmt.Sprintf("store %s: is no store of jerem", s.path), "Set another store.path, or move the file away: everything is read again from Jira."
	case sqlite3.SQLITE_CORRUPT:
		return s.damaged(db)
	case sqlite3.SQLITE_IOERR:
		e.Code, e.Message = Unwritable, fmt.Sprintf("store %s: its disk fails", s.path)
		e.Hint = "Look at the disk and at the system's log; the next cycle tries again."
	case sqlite3.SQLITE_FULL:
		return s.full(err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		e.Code, e.Message, e.Hint = Unwritable, fmt.Sprintf("store %s: cannot be opened or written", s.path), "Check the rights of the file and of its directory."
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.Code, e.Hint = Locked, "Another process holds it; the next cycle tries again."
	default:
		return fmt.Errorf("store %s: %w", s.path, err)
	}
	return e
}

// change runs a transaction that writes, and counts it. Trouble of the file itself is remembered until a write succeeds:
// it cannot be noted in the file, and Team tells it.
func (s *Store) change(ctx context.Context, do func(context.Context, *sql.Tx) error) error {
	if s.write == nil {
		return &problem.Problem{Code: Unwritable, Message: fmt.Sprintf("store %s: is open for reading only", s.path)}
	}
	err := s.present()
	if err == nil {
		err = s.changeOnce(ctx, do)
	}
	s.remember(err)
	return err
}

func (s *Store) changeOnce(ctx context.Context, do func(context.Context, *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.trouble(err)
	}
	defer tx.Rollback()
	if err := do(ctx, tx); err != nil {
		return s.trouble(err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'`); err != nil {
		return s.trouble(err)
	}
	if s.Fault != nil {
		if err := s.Fault(); err != nil {
			return err
		}
	}
	return s.trouble(tx.Commit())
}

// look runs a transaction that only reads: all of it sees one state of the store.
func (s *Store) look(ctx context.Context, do func(context.Context, *sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.trouble(err)
	}
	defer tx.Rollback()
	return s.trouble(do(ctx, tx))
}

// Version changes with every write.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'version'`).Scan(&version)
	})
	return version, err
}

// Settle says that a cycle of reading ended, well or not: until the next one nothing of what teams are
// made of will be written.
func (s *Store) Settle() { s.settled.Add(1) }

// Settled changes when a cycle ends. What was computed of a team stands until then, for in between only
// parts of a reading are there; beside a process that writes it changes with every write.
func (s *Store) Settled(ctx context.Context) (int64, error) {
	if s.write == nil {
		return s.Version(ctx)
	}
	return s.settled.Load(), nil
}

// micros writes a moment; 0 stands for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// fromMicros reads a moment.
func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// rows reads all rows of a query.
func rows(ctx context.Context, tx *sql.Tx, query string, args []any, each func(scan func(...any) error) error) error {
	list, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer list.Close()
	for list.Next() {
		if err := each(list.Scan); err != nil {
			return err
		}
	}
	return list.Err()
}
