package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// migrations make the form of a version out of the one before. One that ran on somebody's file is never edited.
var migrations = []string{`
CREATE TABLE token (
	hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL, created INTEGER NOT NULL,
	expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE session (hash TEXT PRIMARY KEY, data BLOB NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires);
CREATE TABLE journal (
	id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, source TEXT NOT NULL,
	args TEXT NOT NULL);
CREATE INDEX journal_at ON journal (at);
CREATE TRIGGER journal_stands BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
`}

// applicationID tells our file from another program's: "JerA".
const applicationID = 0x4a657241

// prepareSchema gives a file the present form. Two processes may do it at once: the second finds it done.
func prepareSchema(ctx context.Context, db *sql.DB) error {
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
		return errors.New("the file was written by a newer version of Jerem (run that one)")
	case version == len(migrations):
		return nil
	}
	for _, step := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	stamp := fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, len(migrations), applicationID)
	if _, err := tx.ExecContext(ctx, stamp); err != nil {
		return err
	}
	return tx.Commit()
}
