package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"jerem/store/db/postgres"
	"jerem/store/sidefile"
)

// postgresSchema holds the tables in a PostgreSQL database. It stands in each statement and not in the session, so that
// a pooler may stand between.
const postgresSchema = "jerem_access."

// postgresMigrations make the form of a version out of the one before. One that ran on somebody's database is never
// edited. The tables and columns are those of the file.
var postgresMigrations = []string{`
CREATE TABLE jerem_access.token (
	hash TEXT COLLATE "C" PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL,
	created BIGINT NOT NULL, expires BIGINT NOT NULL);
CREATE TABLE jerem_access.session (hash TEXT COLLATE "C" PRIMARY KEY, data BYTEA NOT NULL, expires BIGINT NOT NULL);
CREATE INDEX session_expires ON jerem_access.session (expires);
CREATE TABLE jerem_access.journal (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
	source TEXT NOT NULL, args TEXT NOT NULL);
CREATE INDEX journal_at ON jerem_access.journal (at);
CREATE FUNCTION jerem_access.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
CREATE TRIGGER journal_stands BEFORE UPDATE ON jerem_access.journal FOR EACH ROW
	EXECUTE FUNCTION jerem_access.refuse_change();
`}

// postgresConnections bounds how many connections are open at once.
const postgresConnections = 4

func isPostgres(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// openPostgres opens the schema of logins and tokens in a database: to read it, else it is made where there is none.
func openPostgres(ctx context.Context, address string, o Options, isRead bool) (*Store, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("store.url cannot be read (write it as postgres://ROLE:PASSWORD@HOST:5432/DATABASE)")
	}
	s := &Store{db: stdlib.OpenDB(*c), schema: postgresSchema, Options: o}
	s.db.SetMaxOpenConns(postgresConnections)
	prepare := migratePostgres
	if isRead {
		prepare = checkPostgres
	}
	if err := s.inTransaction(ctx, func(tx *sql.Tx) error { return prepare(ctx, tx) }); err != nil {
		_ = s.db.Close()
		return nil, fmt.Errorf("in the database %s at %s: %w", c.Database, c.Host,
			postgres.ProblemOf("the schema jerem_access", err))
	}
	return s, nil
}

// Exists tells whether anything was ever kept at a place.
func Exists(ctx context.Context, place string) (exists bool, err error) {
	if !isPostgres(place) {
		_, err := os.Stat(place)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	db, err := sql.Open("pgx", place)
	if err != nil {
		return false, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, `SELECT to_regclass('jerem_access.token') IS NOT NULL`).Scan(&exists)
	return exists, err
}

// checkPostgres refuses a schema that has not the present form.
func checkPostgres(ctx context.Context, tx *sql.Tx) error {
	var version int
	last := tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM jerem_access.migration`)
	err := last.Scan(&version)
	switch {
	case err != nil:
		return err
	case version > len(postgresMigrations):
		return errNewer
	case version < len(postgresMigrations):
		return sidefile.ErrOlder
	}
	return nil
}

// errNewer says that what is kept has a form that is not known here.
var errNewer = errors.New("it was written by a newer version of Jerem (run that one)")

// migratePostgres gives the schema the present form. Two processes may do it at once: the second finds it done.
func migratePostgres(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, form.ApplicationID); err != nil {
		return err
	}
	var exists bool
	has := tx.QueryRowContext(ctx, `SELECT to_regnamespace('jerem_access') IS NOT NULL`)
	if err := has.Scan(&exists); err != nil {
		return err
	}
	if !exists {
		if _, err := tx.ExecContext(ctx, `CREATE SCHEMA jerem_access`); err != nil {
			return postgres.SchemaProblem("the schema jerem_access", "jerem_access", err)
		}
	}
	if _, err := tx.ExecContext(ctx,
		`CREATE TABLE IF NOT EXISTS jerem_access.migration (version BIGINT PRIMARY KEY)`); err != nil {
		return err
	}
	var version int
	last := tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM jerem_access.migration`)
	if err := last.Scan(&version); err != nil {
		return err
	}
	if version > len(postgresMigrations) {
		return errNewer
	}
	for n, migration := range postgresMigrations[version:] {
		if _, err := tx.ExecContext(ctx, migration); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO jerem_access.migration (version) VALUES ($1)`,
			version+n+1); err != nil {
			return err
		}
	}
	return nil
}
