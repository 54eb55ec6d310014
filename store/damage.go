package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"jerem/problem"
)

// damaged says that a store can be read no more. The next start moves it aside.
func (s *Store) damaged(cause error) error {
	return &problem.Problem{Code: Damaged, Message: fmt.Sprintf("store %s: is damaged: %v", s.path, cause), Cause: cause,
		Hint: "Start jerem collect or serve anew: it moves the file aside and reads everything again from Jira."}
}

// rowQueryer is a database or a transaction that is asked for one row.
type rowQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// sound refuses a file whose pages or indices contradict one another: checksums of rows do not tell it, for a row that a
// damaged index or inner page does not lead to is missing without a word.
func (s *Store) sound(ctx context.Context, db rowQueryer) error {
	var says string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return s.damaged(errors.New(strings.Join(strings.Fields(says), " ")))
	}
	return nil
}

// soundOrReindexed is sound for the writer, who makes damaged indices anew: they follow from the rows. Where that does
// not help the file stays as it is.
func (s *Store) soundOrReindexed(ctx context.Context) error {
	damage := s.sound(ctx, s.write)
	if !problem.Is(damage, Damaged) {
		return damage
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return damage
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `REINDEX`); err != nil {
		return damage
	}
	if s.sound(ctx, tx) != nil {
		return damage
	}
	return tx.Commit()
}

// errMismatch says that rows do not match their checksum, or hold what nobody of us writes.
var errMismatch = errors.New("rows do not match their checksum")

// mismatched says that a store holds what does not match. The next cycle compares all of it.
func (s *Store) mismatched(cause error) error {
	s.mismatch.Store(true)
	detail := strings.TrimPrefix(cause.Error(), errMismatch.Error())
	if strings.Contains(detail, "sql: ") {
		detail = "" // words of the database driver
	}
	return &problem.Problem{Code: Mismatch, Cause: cause,
		Message: fmt.Sprintf("store %s: holds rows that do not match their checksum%s: the file was changed by something else, or its disk fails", s.path, detail),
		Hint:    "Run jerem collect, or let jerem serve go on: what is damaged is derived again, or read again from Jira."}
}

// Underivable says that something was taken out that no document brings back: now, or of some tables before.
func (s *Store) Underivable(d Damage, noted []string) error {
	what := d.String()
	if what == "" {
		what = strings.Join(noted, ", ")
	}
	return &problem.Problem{Code: Mismatch,
		Message: fmt.Sprintf("store %s: rows were damaged and taken out (%s), and only Jira can tell them again", s.path, what),
		Hint:    "Run jerem collect, or let jerem serve go on."}
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
			return "", &problem.Problem{Code: Unwritable, Message: fmt.Sprintf("store %s: is damaged and cannot be moved aside: %v", path, errors.Unwrap(err)),
				Hint: "Move the file away by hand: everything is read again from Jira.", Cause: err}
		}
	}
	return aside, nil
}
