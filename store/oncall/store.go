package oncall

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver

	"jerem/oncall/roster"
)

// Store is the file. It is safe for concurrent use, also by several processes.
type Store struct {
	db    *sql.DB
	fault func(statement string) error // is asked before each statement that writes; for tests

	mu      sync.Mutex
	state   roster.State // as of version
	version int64        // 0 before anything was read
}

// PathBeside returns where the file stands for a store: jerem.oncall.db beside jerem.db.
func PathBeside(store string) string {
	return strings.TrimSuffix(store, filepath.Ext(store)) + ".oncall.db"
}

// Open opens a file, and makes it where there is none, readable by this user alone.
func Open(ctx context.Context, path string) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w (see that the folder exists and this user may write there)",
			path, err)
	}
	_ = file.Close()
	pragmas := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(wal)", "synchronous(full)"},
		"_txlock": {"immediate"}}
	place := &url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}
	db, err := sql.Open("sqlite", place.String())
	if err != nil {
		return nil, err
	}
	if err := whileBusy(ctx, func() error { return prepareSchema(ctx, db) }); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Store{db: db}, nil
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// State returns all that is kept, as of one moment.
func (s *Store) State(ctx context.Context) (roster.State, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return roster.State{}, err
	}
	defer tx.Rollback()
	return s.stateIn(ctx, transaction{tx, nil})
}

// stateIn returns the state that a transaction sees: the one that was read before where nothing was written since.
func (s *Store) stateIn(ctx context.Context, tx transaction) (roster.State, error) {
	version, err := tx.version(ctx)
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
	s.holdState(state, version)
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
		if version, err = tx.version(ctx); err != nil {
			return err
		}
		return keepWrites(ctx, tx, writes)
	})
	if err == nil && isKnown {
		s.holdState(after, version+1)
	}
	return err
}

// holdState holds a state in memory, unless that of a later version is held.
func (s *Store) holdState(state roster.State, version int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version > s.version {
		s.state, s.version = state, version
	}
}

// inTransaction writes, all or nothing, and raises the version.
func (s *Store) inTransaction(ctx context.Context, do func(transaction) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	writing := transaction{tx, s.fault}
	if err := do(writing); err != nil {
		return err
	}
	if err := writing.exec(ctx, `UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT)
		WHERE name = 'version'`); err != nil {
		return err
	}
	return tx.Commit()
}
