package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"jerem/problem"
	"jerem/store/db"
)

// rowQueryer is a connection pool or a transaction of the driver.
type rowQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// checkSound refuses a file whose pages or indices contradict one another: checksums of rows do not tell it, for a row
// that a damaged index or inner page does not lead to is missing without a word.
func checkSound(ctx context.Context, path string, pool rowQueryer) error {
	var says string
	if err := pool.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&says); err != nil {
		return problemOf(path, err)
	}
	if says != "ok" {
		return damageProblem(path, errors.New(strings.Join(strings.Fields(says), " ")))
	}
	return nil
}

// soundOrReindexed is checkSound for the writer, who makes damaged indices anew.
func soundOrReindexed(ctx context.Context, path string, pool *sql.DB) error {
	damage := checkSound(ctx, path, pool)
	if !problem.Is(damage, db.Damaged) {
		return damage
	}
	return reindexDamaged(ctx, path, pool, damage)
}

// reindexDamaged makes the indices of a damaged file anew: they follow from the rows. Where that does not help the file
// stays as it is, and the damage is returned.
func reindexDamaged(ctx context.Context, path string, pool *sql.DB, damage error) error {
	tx, err := pool.BeginTx(ctx, nil)
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

// moveAside gives a file and what belongs to it a name that nothing has yet, and returns it.
func moveAside(path string) (string, error) {
	aside := path + ".damaged"
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.damaged-%d", path, n)
	}
	for _, part := range []string{"-wal", "-shm", ""} { // a log that stays alone would be taken for the next file's
		if err := os.Rename(path+part, aside+part); err != nil && !(part != "" && errors.Is(err, fs.ErrNotExist)) {
			return "", &problem.Problem{
				Code:    db.Unwritable,
				Message: fmt.Sprintf("store %s: is damaged and cannot be moved aside: %v", path, errors.Unwrap(err)),
				Hint:    "Move the file away by hand: everything is read again from Jira.",
				Cause:   err,
			}
		}
	}
	return aside, nil
}
