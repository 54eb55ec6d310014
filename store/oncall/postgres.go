package oncall

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"jerem/store/db/postgres"
	"jerem/store/sidefile"
)

// postgresDialect is what PostgreSQL does in its own way. Its tables stand in a schema of their own, which is named as
// a transaction begins and not of the session, so that a pooler may stand between. Who writes holds the row of the
// version.
var postgresDialect = dialect{
	unlockJournal: `ALTER TABLE journal DISABLE TRIGGER journal_stands`,
	lockJournal:   `ALTER TABLE journal ENABLE TRIGGER journal_stands`,
	reading:       sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead},
	begun:         `SET LOCAL search_path TO jerem_oncall`,
	locked:        `SELECT value FROM meta WHERE name = 'version' FOR UPDATE`,
}

// postgresStanding is what PostgreSQL is told of rows that are only added to, for each migration.
var postgresStanding = []string{`
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
CREATE TRIGGER journal_stands BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_stands BEFORE UPDATE ON statement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_month_stands BEFORE UPDATE ON frozen_month FOR EACH ROW EXECUTE FUNCTION refuse_change();
`, ``}

// schemaName is what people call the schema.
const schemaName = "the schema jerem_oncall"

// postgresConnections bounds how many connections are open at once.
const postgresConnections = 8

func isPostgres(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// openPostgres opens the schema of on-call in a database: to read it, else it is made where there is none.
func openPostgres(ctx context.Context, address string, isRead bool) (*sql.DB, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("store.url cannot be read (write it as postgres://ROLE:PASSWORD@HOST:5432/DATABASE)")
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(postgresConnections)
	prepare := prepareDatabase
	if isRead {
		prepare = checkDatabase
	}
	if err := prepare(ctx, db, stepsWith(postgresStanding)); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("in the database %s at %s: %w", c.Database, c.Host, postgres.ProblemOf(schemaName, err))
	}
	return db, nil
}

// checkDatabase refuses a schema that has not the form that steps make.
func checkDatabase(ctx context.Context, db *sql.DB, steps []string) error {
	var version int
	err := db.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM jerem_oncall.migration`).Scan(&version)
	switch {
	case err != nil:
		return err
	case version > len(steps):
		return errNewer
	case version < len(steps):
		return sidefile.ErrOlder
	}
	return nil
}

// prepareDatabase gives the schema the form that steps make. Two processes may do it at once: the second finds it done.
func prepareDatabase(ctx context.Context, db *sql.DB, steps []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, applicationID); err != nil {
		return err
	}
	var hasSchema bool
	has := tx.QueryRowContext(ctx, `SELECT to_regnamespace('jerem_oncall') IS NOT NULL`)
	if err := has.Scan(&hasSchema); err != nil {
		return err
	}
	if !hasSchema {
		if _, err := tx.ExecContext(ctx, `CREATE SCHEMA jerem_oncall`); err != nil {
			return postgres.SchemaProblem(schemaName, "jerem_oncall", err)
		}
	}
	for _, statement := range []string{postgresDialect.begun,
		`CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY)`} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	var version int
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM migration`).Scan(&version); err != nil {
		return err
	}
	if version > len(steps) {
		return errNewer
	}
	for i := version; i < len(steps); i++ {
		if _, err := tx.ExecContext(ctx, steps[i]); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO migration (version) VALUES ($1)`, i+1); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// existsInPostgres tells whether a database has the schema of on-call.
func existsInPostgres(ctx context.Context, address string) (exists bool, err error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return false, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, `SELECT to_regclass('jerem_oncall.meta') IS NOT NULL`).Scan(&exists)
	return exists, err
}
