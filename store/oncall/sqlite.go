package oncall

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	_ "modernc.org/sqlite" // the driver
)

// sqliteDialect is what SQLite does in its own way.
var sqliteDialect = dialect{
	unlockJournal: `DROP TRIGGER IF EXISTS journal_stands`,
	lockJournal:   standing[0],
	// Pages that are free, and the log of changes, hold what was replaced until the file is written anew.
	afterForgetting: []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`},
	reading:         sql.TxOptions{ReadOnly: true},
}

// openFile opens a file, and makes it where there is none, readable by this user alone.
func openFile(ctx context.Context, path string) (*Store, error) {
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
	if err := whileBusy(ctx, func() error { return prepareFile(ctx, db) }); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Store{db: db, dialect: sqliteDialect}, nil
}

// standing is what SQLite is told of rows that are only added to.
var standing = []string{`
CREATE TRIGGER IF NOT EXISTS journal_stands BEFORE UPDATE ON journal BEGIN
	SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS statement_stands BEFORE UPDATE ON statement BEGIN
	SELECT RAISE(ABORT, 'a frozen statement never changes'); END;
CREATE TRIGGER IF NOT EXISTS frozen_month_stands BEFORE UPDATE ON frozen_month BEGIN
	SELECT RAISE(ABORT, 'a month that is frozen stays so'); END;
`}

// applicationID tells our file from another program's: "JerO".
const applicationID = 0x4a65724f

// prepareFile gives a file the present form. Two processes may do it at once: the second finds it done.
func prepareFile(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil) // takes the write lock at once, as the connection says
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
	case owner != applicationID && tables > 0:
		return errors.New("the file belongs to another program (move it away, or choose another store.path)")
	case version > len(migrations):
		return errNewer
	case version == len(migrations):
		return nil
	}
	for i := version; i < len(migrations); i++ {
		if _, err := tx.ExecContext(ctx, migrations[i]+standing[i]); err != nil {
			return err
		}
	}
	stamp := fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, len(migrations), applicationID)
	if _, err := tx.ExecContext(ctx, stamp); err != nil {
		return err
	}
	return tx.Commit()
}
