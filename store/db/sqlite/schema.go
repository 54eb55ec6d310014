package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"jerem/problem"
	"jerem/store/db"
)

// migrations make the schema of each version out of the one before, one file of the folder for each. They are only ever
// added to: a file that passed a version never meets it again. TestFrozenMigrations holds each to what it was when it
// was released.
//
// Versions 1 and 2 were released in two forms each, without and with the tables posted and field_name; version 6
// brings both forms together.
var migrations = db.ReadMigrations(migrationFiles)

//go:embed migrations
var migrationFiles embed.FS

func schemaVersion(ctx context.Context, pool *sql.DB) (version int, err error) {
	err = pool.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version)
	return version, err
}

// checkVersion refuses a file of another version than this one.
func checkVersion(path string, version int) error {
	switch {
	case version > len(migrations):
		return &problem.Problem{Code: db.Newer, Message: fmt.Sprintf("store %s: a newer jerem wrote it", path),
			Hint: "Run the newer version, or set another store.path."}
	case version == 0:
		return &problem.Problem{Code: db.Empty, Hint: "Run jerem collect first.",
			Message: fmt.Sprintf("store %s: it holds nothing yet", path)}
	case version < len(migrations):
		return db.OlderProblem(path, version, len(migrations))
	}
	return nil
}

// migrateFile brings the file to the present version, all of it or nothing.
func migrateFile(s *Database, ctx context.Context) error {
	if err := checkOurs(ctx, s.path, s.write); err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.write)
	if err != nil {
		return err
	}
	if version > len(migrations) {
		return checkVersion(s.path, version)
	}
	if version < len(migrations) {
		if err := migrateFrom(s, ctx, version); err != nil {
			return err
		}
	}
	return stampFile(ctx, s.write)
}

// presentForm is the version from which on documents and timelines are rows of their own, each with its checksum. Files
// before it are told in older.go.
const presentForm = 11

// migrateFrom runs the migrations after a version, once the pages of the file are sound and it was copied. In a file
// from before presentForm what does not match is taken out, and all rows get new checksums. Else what does not match is
// found by the next reading as before.
func migrateFrom(s *Database, ctx context.Context, version int) error {
	if version > 0 {
		if err := soundOrReindexed(ctx, s.path, s.write); err != nil {
			return err
		}
		older := fmt.Sprintf("%s.form-%d", s.path, version)
		if err := copyOlder(ctx, s.path, older); err != nil {
			return err
		}
		s.older = older
	}
	started, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer started.Rollback()
	if version < presentForm {
		if err := takeOutOlderDamage(ctx, started); err != nil {
			return err
		}
	}
	before, err := tablesOf(ctx, started)
	if err != nil {
		return err
	}
	var found db.Findings
	if version >= presentForm {
		if found, err = db.CompareTables(ctx, db.NewTx(db.Prepared(started), dialect, nil), before); err != nil {
			return err
		}
	}
	for _, migration := range migrations[version:] {
		if _, err := started.ExecContext(ctx, migration); err != nil {
			return err
		}
	}
	if err := stampVersion(ctx, started); err != nil {
		return err
	}
	tables, err := tablesOf(ctx, started)
	if err != nil {
		return err
	}
	if version < presentForm {
		err = writeAllSums(ctx, db.NewTx(db.Prepared(started), dialect, nil), tables)
	} else {
		err = rewriteSums(ctx, db.NewTx(db.Prepared(started), dialect, nil), before, tables, found)
	}
	if err != nil {
		return err
	}
	return started.Commit()
}

// stampVersion has the file say that it is ours, and of which version.
func stampVersion(ctx context.Context, tx *sql.Tx) error {
	stamps := fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, len(migrations), applicationID)
	_, err := tx.ExecContext(ctx, stamps)
	return err
}

// stampFile has the file say that it is ours.
func stampFile(ctx context.Context, pool *sql.DB) error {
	var id int
	if err := pool.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil || id == applicationID {
		return err
	}
	_, err := pool.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
	return err
}
