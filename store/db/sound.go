package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"jerem/problem"
)

// rowQueryer is a connection pool or a transaction of the driver.
type rowQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// checkSound refuses a file whose pages or indices contradict one another: checksums of rows do not tell it, for a row
// that a damaged index or inner page does not lead to is missing without a word.
func checkSound(ctx context.Context, path string, db rowQueryer) error {
	var says string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&says); err != nil {
		return problemOf(path, err)
	}
	if says != "ok" {
		return damageProblem(path, errors.New(strings.Join(strings.Fields(says), " ")))
	}
	return nil
}

// soundOrReindexed is checkSound for the writer, who makes damaged indices anew: they follow from the rows. Where that
// does not help the file stays as it is.
func soundOrReindexed(ctx context.Context, path string, db *sql.DB) error {
	damage := checkSound(ctx, path, db)
	if !problem.Is(damage, Damaged) {
		return damage
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return damage
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `REINDEX`); err != nil {
		return damage
	}
	if checkSound(ctx, path, tx) != nil {
		return damage
	}
	return tx.Commit()
}
