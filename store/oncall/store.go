package oncall

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"sync"

	"jerem/oncall/roster"
	"jerem/store/db/postgres"
	"jerem/store/sidefile"
)

// Store is what is kept. It is safe for concurrent use, also by several processes.
type Store struct {
	Links     Links
	Calendars Calendars

	place  string
	isRead bool // and never written
	dialect
	fault func(statement string) error // is asked before each statement that writes; for tests

	opening  chan struct{} // full while the database is opened or closed
	db       *sql.DB       // nil until it was opened
	isClosed bool

	mu      sync.Mutex
	state   roster.State // as of version
	version int64        // 0 before anything was read
}

// PathBeside returns where the file stands for a store: jerem.oncall.db beside jerem.db.
func PathBeside(store string) string {
	return sidefile.Path(store, "oncall")
}

// State returns all that is kept, as of one moment.
func (s *Store) State(ctx context.Context) (state roster.State, err error) {
	err = readIn(s, ctx, func(tx transaction) error {
		state, err = s.stateIn(ctx, tx)
		return err
	})
	return state, err
}

// Version returns a number that rises with everything that is kept.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	err = readIn(s, ctx, func(tx transaction) error {
		version, err = tx.storedVersion(ctx)
		return err
	})
	return version, err
}

// stateIn returns the state that a transaction sees: the one that was read before where nothing was written since.
func (s *Store) stateIn(ctx context.Context, tx transaction) (roster.State, error) {
	version, err := tx.storedVersion(ctx)
	if err != nil {
		return roster.State{}, err
	}
	s.mu.Lock()
	known, state := s.version, s.state
	s.mu.Unlock()
	if known == version {
		return state, nil
	}
	state, err = readState(ctx, tx)
	if err != nil {
		return roster.State{}, err
	}
	holdState(s, state, version)
	return state, nil
}

// Update hands what is kept to decide and keeps what it returns, in one transaction.
func (s *Store) Update(ctx context.Context, decide func(roster.State) (roster.Writes, error)) error {
	var after roster.State
	var isKnown bool
	var version int64
	err := s.inTransaction(ctx, func(tx transaction) error {
		state, err := s.stateIn(ctx, tx)
		if err != nil {
			return err
		}
		writes, err := decide(state)
		if err != nil {
			return err
		}
		after, isKnown = state.After(writes)
		if version, err = tx.storedVersion(ctx); err != nil {
			return err
		}
		return keepWrites(ctx, tx, writes)
	})
	if err == nil && isKnown {
		holdState(s, after, version+1)
	}
	return err
}

// holdState holds a state in memory, unless that of a later version is held.
func holdState(s *Store, state roster.State, version int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version > s.version {
		s.state, s.version = state, version
	}
}

// inTransaction writes, all or nothing, and raises the version.
func (s *Store) inTransaction(ctx context.Context, do func(transaction) error) error {
	return writeIn(s, ctx, func(tx transaction) error {
		if err := do(tx); err != nil {
			return err
		}
		return tx.exec(ctx, `UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'version'`)
	})
}

// readIn reads as of one moment.
func readIn(s *Store, ctx context.Context, do func(transaction) error) error {
	tx, err := beginReading(s, ctx)
	if err != nil {
		return s.problemOf(err)
	}
	defer tx.Rollback()
	return s.problemOf(do(transaction{tx, nil}))
}

// writeIn writes, all or nothing.
func writeIn(s *Store, ctx context.Context, do func(transaction) error) error {
	tx, err := beginWriting(s, ctx)
	if err != nil {
		return s.problemOf(err)
	}
	defer tx.Rollback()
	if err := do(transaction{tx, s.fault}); err != nil {
		return s.problemOf(err)
	}
	return s.problemOf(tx.Commit())
}

// problemOf makes a problem of what the database says; any other error comes back as it is.
func (s *Store) problemOf(err error) error {
	if isPostgres(s.place) {
		return postgres.ProblemOf(s.Name(), err)
	}
	return sidefile.ProblemOf(s.place, err)
}

// dialect is what the databases do in their own way.
type dialect struct {
	unlockJournal, lockJournal string        // statements around the one change that the journal ever has
	afterForgetting            []string      // statements by which nothing is left of what was replaced
	reading                    sql.TxOptions // of a transaction that reads
	begun, locked              string        // executed as a transaction begins, as one that writes does
}

func beginReading(s *Store, ctx context.Context) (*sql.Tx, error) {
	return beginTransaction(s, ctx, &s.reading, s.begun)
}

// beginWriting begins a transaction that writes. It waits for others that do.
func beginWriting(s *Store, ctx context.Context) (*sql.Tx, error) {
	return beginTransaction(s, ctx, nil, s.begun, s.locked)
}

func beginTransaction(s *Store, ctx context.Context, o *sql.TxOptions, statements ...string) (*sql.Tx, error) {
	db, err := openDatabase(ctx, s)
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, statement := range statements {
		if statement == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			_ = tx.Rollback()
			return nil, err
		}
	}
	return tx, nil
}

// PlaceFor returns where on-call is kept beside a store: in its database, or in a file beside its own.
func PlaceFor(path, url string) string {
	if url != "" {
		return url
	}
	return PathBeside(path)
}

// Exists tells whether anything was ever kept at a place.
func Exists(ctx context.Context, place string) (bool, error) {
	if !isPostgres(place) {
		_, err := os.Stat(place)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	return existsInPostgres(ctx, place)
}
