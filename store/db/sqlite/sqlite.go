package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"
	"sync/atomic"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/sqlite/filelock"
)

// Database is a store in one file. It is safe for concurrent use.
type Database struct {
	path  string
	write *sql.DB // one connection; nil where the file is only read
	read  *sql.DB
	lock  *filelock.Lock // nil where the file is only read
	moved string         // where a damaged file was moved
	older string         // where a file of an older form was copied

	checked  chan struct{} // closed once the file was found sound, or was replaced
	checking error         // what kept it from that
	mended   bool          // the file that was opened is another one by now, or was not whole
	reads    sync.RWMutex  // held for writing while the file is replaced: see ReadAhead
	cancel   context.CancelFunc

	besides sync.WaitGroup                  // what checks a file that is only read
	copied  string                          // a folder with a copy that is read in place of a file that cannot be
	failed  atomic.Pointer[problem.Problem] // why nothing could be written the last time

	tables   []db.Table
	watched  atomic.Pointer[string] // makes the triggers that keep checksums; nil before the first write
	watching sync.Mutex             // held while they are made
	mismatch atomic.Bool            // a read met what does not match
	compared atomic.Int64           // data_version of the writing connection when all was compared; 0 for never

	fault func() error
	trace func(query string)
}

// readerCount is how many transactions read at a time.
const readerCount = 4

// Open opens a store for writing and creates it where there is none. A second process that tries the same is refused,
// and so is a file that is not ours by its content. A damaged store is moved aside, never deleted, and an empty one
// takes its place: everything is read again from Jira. MovedTo tells of it. Whether the pages of a large file are sound
// is looked at behind: until that is known every transaction waits.
func Open(ctx context.Context, path string) (*Database, error) {
	kind, err := contentOf(ctx, path)
	if err != nil {
		return nil, err
	}
	s := &Database{path: path, checked: make(chan struct{})}
	if s.lock, err = takeLock(path); err != nil {
		return nil, err
	}
	if kind == contentHarmed {
		err = replaceDamaged(s, ctx)
	} else if err = openBoth(s, ctx); problem.Is(err, db.Damaged) || kind == contentOurs && isNotADatabase(err) {
		closeBoth(s)
		err = replaceDamaged(s, ctx)
	}
	if err != nil {
		close(s.checked)
		s.Close()
		return nil, problemOf(path, err)
	}
	behind, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	go func() {
		s.checking = problemOf(path, replaceUnsound(s, behind))
		close(s.checked)
	}()
	return s, nil
}

// replaceDamaged moves the file aside and opens an empty one in its place, under a lock of its own.
func replaceDamaged(s *Database, ctx context.Context) (err error) {
	if s.moved, err = moveAside(s.path); err != nil {
		return err
	}
	s.lock.Release()
	if s.lock, err = takeLock(s.path); err != nil {
		return err
	}
	return openBoth(s, ctx)
}

// replaceUnsound replaces a file whose pages contradict one another.
func replaceUnsound(s *Database, ctx context.Context) error {
	err := checkPool(ctx, s.path, s.write)
	if !problem.Is(err, db.Damaged) {
		return err
	}
	s.reads.Lock()
	defer s.reads.Unlock()
	s.mended = true
	if err := reindexDamaged(ctx, s.path, s.write, err); !problem.Is(problemOf(s.path, err), db.Damaged) {
		return err
	}
	if err := closeBoth(s); err != nil {
		return err
	}
	return replaceDamaged(s, ctx)
}

// MovedTo returns where a damaged file was moved when it was opened, "" for none. It waits until that is known.
func (s *Database) MovedTo() string {
	<-s.checked
	return s.moved
}

// CopiedTo returns where a file of an older form was copied before it was migrated, "" for none.
func (s *Database) CopiedTo() string { return s.older }

// Place names the file.
func (s *Database) Place() string { return s.path }

// Sharing tells that nobody shares the work: one process writes a file.
func (s *Database) Sharing() db.Sharing { return nil }

// ReadOnly tells whether the file is only read.
func (s *Database) ReadOnly() bool { return s.lock == nil }

// Tables lists the tables whose rows have checksums.
func (s *Database) Tables() []db.Table { return s.tables }

// SetTrace has each transaction tell its statements as they are executed, for tests.
func (s *Database) SetTrace(trace func(query string)) { s.trace = trace }

// SetFault sets what each write asks before it is made final.
func (s *Database) SetFault(fault func() error) { s.fault = fault }

func openBoth(s *Database, ctx context.Context) (err error) {
	driver, err := sumDriver()
	if err != nil {
		return err
	}
	c := connector{
		driver:  driver,
		address: dataSource(s.path, forWriting...),
		watched: &s.watched,
		present: s.lock.CheckPresent,
	}
	s.watched.Store(nil)
	s.write = sql.OpenDB(c)
	s.write.SetMaxOpenConns(1)
	if err := migrateFile(s, ctx); err != nil {
		return problemOf(s.path, err)
	}
	if s.tables, err = tablesOf(ctx, s.write); err != nil {
		return problemOf(s.path, err)
	}
	return problemOf(s.path, openReaders(s, ctx))
}

// createTriggers makes the triggers that keep the checksums, on this connection and on each that takes its place: ahead
// of the first write, for they take longer than all else of opening a file, which many open and do not write. Who asks
// for it may leave meanwhile: they are made all the same.
func createTriggers(s *Database, ctx context.Context) error {
	s.watching.Lock()
	defer s.watching.Unlock()
	if s.watched.Load() != nil {
		return nil
	}
	statements := triggerStatements(s.tables)
	s.watched.Store(&statements) // a connection that is lost meanwhile gives way to one that has them
	if _, err := s.write.ExecContext(context.WithoutCancel(ctx), statements); err != nil {
		s.watched.Store(nil)
		_, _ = s.write.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`) // none where it was not begun
		return err
	}
	return nil
}

// openReaders opens all connections that only read, for good: a later one would meet whatever stands at the path then.
func openReaders(s *Database, ctx context.Context) (err error) {
	driver, err := sumDriver()
	if err != nil {
		return err
	}
	s.read = sql.OpenDB(
		connector{driver: driver, address: dataSource(s.path, forReading...), present: s.lock.CheckPresent},
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
func (s *Database) Close() error {
	if s.cancel != nil {
		s.cancel()
	}
	<-s.checked
	s.besides.Wait()
	errs := []error{closeBoth(s)}
	s.lock.Release()
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return errors.Join(errs...)
}

func closeBoth(s *Database) error {
	var errs []error
	for _, pool := range []*sql.DB{s.read, s.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Size returns how many bytes the file takes, with the log beside it.
func (s *Database) Size(context.Context) (size int64, err error) {
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + end); err == nil {
			size += info.Size()
		}
	}
	return size, nil
}

// OpenToOthers tells whether other users of the system may read the file.
func (s *Database) OpenToOthers() bool {
	info, err := os.Stat(s.path)
	return err == nil && info.Mode().Perm()&0o077 != 0
}
