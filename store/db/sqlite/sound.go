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

// cacheOfCheck is how many KiB of pages are held while the file is checked. Nearly each page is looked at once on each
// of two ways through the file: what is held of it is not asked again, and takes the place of what others work on in
// the memory that is close to the processor.
const cacheOfCheck = 128

// checkPool is checkSound for a connection of a pool, which holds few pages meanwhile.
func checkPool(ctx context.Context, path string, pool *sql.DB) error {
	return problemOf(path, withFewPages(ctx, pool, func(conn *sql.Conn) error { return checkSound(ctx, path, conn) }))
}

// withFewPages has something done by a connection of a pool, which holds few pages meanwhile.
func withFewPages(ctx context.Context, pool *sql.DB, do func(*sql.Conn) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var before int
	if err := conn.QueryRowContext(ctx, `PRAGMA cache_size`).Scan(&before); err != nil {
		return err
	}
	if err := setCache(ctx, conn, -cacheOfCheck); err != nil {
		return err
	}
	defer setCache(context.WithoutCancel(ctx), conn, before)
	return do(conn)
}

// setCache sets how many pages a connection holds; a number below zero is one of KiB.
func setCache(ctx context.Context, conn *sql.Conn, size int) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf(`PRAGMA cache_size = %d`, size))
	return err
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
	damage := checkPool(ctx, path, pool)
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
