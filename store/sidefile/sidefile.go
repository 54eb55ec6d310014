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

	"jerem/store/filefault"
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
	db, err := sql.Open("sqlite", addressOf(path, pragmas))
	if err != nil {
		return nil, err
	}
	if err := whileBusy(ctx, func() error { return form.migrate(ctx, db) }); err != nil {
		_ = db.Close()
		return nil, openProblem(path, err)
	}
	return db, nil
}

// addressOf is what SQLite opens a file by.
func addressOf(path string, options url.Values) string {
	place := &url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: options.Encode()}
	return place.String()
}

// ProblemOf makes a problem of what SQLite says of a file; any other error comes back as it is.
func ProblemOf(path string, err error) error { return filefault.ProblemOf(path, path, err) }

// openProblem tells why a file could not be opened.
func openProblem(path string, err error) error {
	if told := ProblemOf(path, err); told != err {
		return told
	}
	return fmt.Errorf("%s: %w", path, err)
}

// versionIn returns the version of a file, 0 of one in which nothing stands yet, and refuses one that is another
// program's or newer.
func (f Form) versionIn(ctx context.Context, tx *sql.Tx) (version int, err error) {
	var owner, tables int
	for query, to := range map[string]*int{`PRAGMA user_version`: &version, `PRAGMA application_id`: &owner,
		`SELECT count(*) FROM sqlite_schema`: &tables} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return 0, err
		}
	}
	switch {
	case owner != f.ApplicationID && tables > 0:
		return 0, errors.New("the file belongs to another program (move it away, or choose another store.path)")
	case version > len(f.Migrations):
		return 0, errors.New("the file was written by a newer version of Jerem (run that one)")
	}
	return version, nil
}

// migrate gives a file the present form. Two processes may do it at once: the second finds it done.
func (f Form) migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	version, err := f.versionIn(ctx, tx)
	if err != nil || version == len(f.Migrations) {
		return err
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
