package sidefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"jerem/store/diskspace"
)

// Form is what a file looks like.
type Form struct {
	ApplicationID int      // tells our file from another program's
	Migrations    []string // each makes a version out of the one before; the first out of nothing
}

// Path returns where a file stands for a store: jerem.WORD.db beside jerem.db.
func Path(store, word string) string {
	return strings.TrimSuffix(store, filepath.Ext(store)) + "." + word + ".db"
}

// Open opens a file in the present form, and makes it where there is none, readable by this user alone. A transaction
// takes the write lock when it begins, but for one that only reads.
func Open(ctx context.Context, path string, form Form) (*sql.DB, error) {
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
	if err := whileBusy(ctx, func() error { return form.migrate(ctx, db) }); err != nil {
		_ = db.Close()
		if diskspace.IsUsedUp(path) {
			return nil, fmt.Errorf("%s cannot be opened: the disk is full: %w (make room; what was kept is safe)", path,
				err)
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return db, nil
}

// migrate gives a file the present form. Two processes may do it at once: the second finds it done.
func (f Form) migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version, owner, tables int
	for query, to := range map[string]*int{`PRAGMA user_version`: &version, `PRAGMA application_id`: &owner,
		`SELECT count(*) FROM sqlite_schema`: &tables} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return err
		}
	}
	switch {
	case owner != f.ApplicationID && tables > 0:
		return errors.New("the file belongs to another program (move it away, or choose another store.path)")
	case version > len(f.Migrations):
		return errors.New("the file was written by a newer version of Jerem (run that one)")
	case version == len(f.Migrations):
		return nil
	}
	for _, step := range f.Migrations[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	stamp := fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, len(f.Migrations), f.ApplicationID)
	if _, err := tx.ExecContext(ctx, stamp); err != nil {
		return err
	}
	return tx.Commit()
}
