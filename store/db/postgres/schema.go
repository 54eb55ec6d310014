package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"

	"jerem/problem"
	"jerem/store/db"
)

// migrations make the schema of each version out of the one before, one file of the folder for each. They are only ever
// added to: TestFrozenMigrations holds each to what it was when it was released.
var migrations = db.ReadMigrations(migrationFiles)

//go:embed migrations
var migrationFiles embed.FS

// migrationLock is the number under which programs that migrate at once wait for one another. The lock ends with the
// transaction, so that a pooler may stand between.
const migrationLock = 0x4a45524d

// tableCounts tells which tables there are in the schema that is written to: ours, and any.
const tableCounts = `SELECT
	count(*) FILTER (WHERE tablename IN ('meta', 'issue', 'timeline', 'issue_project', 'lease')),
	count(*) FILTER (WHERE tablename IN ('meta', 'issue', 'document', 'link', 'status', 'type', 'field', 'team',
		'version', 'board', 'sprint', 'cursor', 'gap', 'generation'))
	FROM pg_tables WHERE schemaname = current_schema()`

// schemaVersion returns the version of the schema, 0 where there is none yet. Tables of another program that have names
// of ours are refused.
func schemaVersion(ctx context.Context, tx *sql.Tx, place string) (version int, err error) {
	var schema sql.NullString
	if err := tx.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&schema); err != nil {
		return 0, err
	}
	if !schema.Valid {
		return 0, &problem.Problem{Code: db.Unwritable,
			Message: fmt.Sprintf("store %s: the role has no schema to create tables in", place),
			Hint: "Give it a database of its own (CREATE DATABASE jerem OWNER jerem), or name a schema in store.url: " +
				"?search_path=NAME."}
	}
	var ours, named int
	if err := tx.QueryRowContext(ctx, tableCounts).Scan(&ours, &named); err != nil {
		return 0, err
	}
	if ours < 5 {
		if named > 0 {
			return 0, foreignTables(place)
		}
		return 0, nil
	}
	var text string
	err = tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'schema'`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, foreignTables(place)
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

func foreignTables(place string) error {
	return &problem.Problem{Code: db.NotAStore,
		Message: fmt.Sprintf("store %s: holds tables of another program that are named like Jerem's", place),
		Hint: "They are left as they are. Give Jerem a database or a schema of its own: ?search_path=NAME in " +
			"store.url."}
}

// migrateSchema brings the schema to the present version, all of it or nothing.
func migrateSchema(ctx context.Context, pool *sql.DB, place string) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, migrationLock); err != nil {
		return err
	}
	version, err := schemaVersion(ctx, tx, place)
	if err != nil || version == len(migrations) {
		return err
	}
	if version > len(migrations) {
		return checkVersion(place, version)
	}
	for _, migration := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, migration); err != nil {
			return err
		}
	}
	stamp := `INSERT INTO meta VALUES ('schema', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	if _, err := tx.ExecContext(ctx, stamp, strconv.Itoa(len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}

// checkVersion refuses a database of another version than this one.
func checkVersion(place string, version int) error {
	switch {
	case version > len(migrations):
		return &problem.Problem{Code: db.Newer, Message: fmt.Sprintf("store %s: a newer jerem wrote it", place),
			Hint: "Run the newer version, or set another store.url."}
	case version == 0:
		return &problem.Problem{Code: db.Empty, Hint: "Run jerem collect first.",
			Message: fmt.Sprintf("store %s: it holds nothing yet", place)}
	case version < len(migrations):
		return db.OlderProblem(place, version, len(migrations))
	}
	return nil
}

// checkPresent refuses a database that this version did not write yet.
func checkPresent(ctx context.Context, pool *sql.DB, place string) error {
	tx, err := pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	version, err := schemaVersion(ctx, tx, place)
	if err != nil {
		return err
	}
	return checkVersion(place, version)
}
