package oncall

import (
	"context"
	"database/sql"

	"jerem/store/sidefile"
)

// sqliteDialect is what SQLite does in its own way.
var sqliteDialect = dialect{
	unlockJournal: `DROP TRIGGER IF EXISTS journal_stands`,
	lockJournal:   standing[0],
	// Pages that are free, and the log of changes, hold what was replaced until the file is written anew.
	afterForgetting: []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`},
	reading:         sql.TxOptions{ReadOnly: true},
}

// openFile opens a file: to read it, else it is made where there is none, readable by this user alone.
func openFile(ctx context.Context, path string, isRead bool) (*sql.DB, error) {
	form := sidefile.Form{ApplicationID: applicationID, Migrations: stepsWith(standing)}
	if isRead {
		return sidefile.OpenRead(ctx, path, form)
	}
	return sidefile.Open(ctx, path, form)
}

// standing is what SQLite is told of rows that are only added to, for each migration.
var standing = []string{`
CREATE TRIGGER IF NOT EXISTS journal_stands BEFORE UPDATE ON journal BEGIN
	SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS statement_stands BEFORE UPDATE ON statement BEGIN
	SELECT RAISE(ABORT, 'a frozen statement never changes'); END;
CREATE TRIGGER IF NOT EXISTS frozen_month_stands BEFORE UPDATE ON frozen_month BEGIN
	SELECT RAISE(ABORT, 'a month that is frozen stays so'); END;
`, ``}

// applicationID tells our file from another program's: "JerO".
const applicationID = 0x4a65724f
