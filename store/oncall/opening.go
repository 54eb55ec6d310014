package oncall

import (
	"context"
	"database/sql"
	"errors"

	"jerem/oncall/roster"
)

// Open opens what is kept, and makes it where there is nothing: a file, readable by this user alone, or at a place that
// begins with postgres:// the schema of on-call in that database.
func Open(ctx context.Context, place string) (*Store, error) {
	s := OpenLater(place)
	if _, err := openDatabase(ctx, s); err != nil {
		return nil, s.problemOf(err)
	}
	return s, nil
}

// OpenRead opens what is kept to be read, also where this user may not write it. What has the form of an older program
// is refused.
func OpenRead(ctx context.Context, place string) (*Store, error) {
	s := OpenLater(place)
	s.isRead = true
	if _, err := openDatabase(ctx, s); err != nil {
		return nil, s.problemOf(err)
	}
	return s, nil
}

// OpenLater is Open that opens at the first use. While that fails each use returns the reason and the next one tries
// again, so that a process serves without what is kept and goes on with it once it is back.
func OpenLater(place string) *Store {
	s := &Store{place: place, dialect: sqliteDialect, opening: make(chan struct{}, 1)}
	if isPostgres(place) {
		s.dialect = postgresDialect
	}
	s.Links, s.Calendars = Links{s}, Calendars{s}
	return s
}

// openDatabase returns the database, opened where it is not open yet.
func openDatabase(ctx context.Context, s *Store) (*sql.DB, error) {
	select {
	case s.opening <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.opening }()
	switch {
	case s.isClosed:
		return nil, errClosed
	case s.db != nil:
		return s.db, nil
	}
	open := openFile
	if isPostgres(s.place) {
		open = openPostgres
	}
	db, err := open(ctx, s.place, s.isRead)
	if err != nil {
		return nil, err
	}
	s.db = db
	return db, nil
}

var errClosed = errors.New("what on-call keeps was closed")

// Close closes it.
func (s *Store) Close() error {
	s.opening <- struct{}{}
	defer func() { <-s.opening }()
	s.isClosed = true
	return closeDatabase(s)
}

// Reopen has the next use open the place and read all of it again: after a failure another file may stand there.
// Transactions that have begun go on with the former one.
func (s *Store) Reopen() error {
	s.opening <- struct{}{}
	defer func() { <-s.opening }()
	s.mu.Lock()
	s.state, s.version = roster.State{}, 0
	s.mu.Unlock()
	return closeDatabase(s)
}

// closeDatabase closes the database where it is open; opening is full.
func closeDatabase(s *Store) error {
	db := s.db
	s.db = nil
	if db == nil {
		return nil
	}
	return db.Close()
}

// Name returns what people call the place: the path of the file, or the schema without the address of its database.
func (s *Store) Name() string {
	if isPostgres(s.place) {
		return schemaName
	}
	return s.place
}
