package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/sqlite/filelock"
	"jerem/store/filefault"
)

// isNotADatabase tells whether SQLite cannot make out a database.
func isNotADatabase(err error) bool {
	var told *sqlite.Error
	return errors.As(err, &told) && told.Code()&0xff == sqlite3.SQLITE_NOTADB
}

// isMismatch tells whether an error is about a value that nobody of us wrote, or one of another type.
func isMismatch(err error) bool {
	return errors.Is(err, db.ErrMismatch) || strings.Contains(err.Error(), "sql: Scan error")
}

// problemOf makes a problem of what SQLite says about a file.
func problemOf(path string, err error) error {
	var own *problem.Problem
	var told *sqlite.Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case isMismatch(err):
		return mismatchProblem(path, err)
	case !errors.As(err, &told):
		return err
	}
	switch filefault.KindOf(path, err) {
	case filefault.NotOurs:
		return &problem.Problem{Code: db.NotAStore, Message: fmt.Sprintf("store %s: is no store of jerem", path),
			Hint: "Set another store.path, or move the file away: everything is read again from Jira.", Cause: err}
	case filefault.Damaged:
		return damageProblem(path, told)
	case filefault.Other:
		return fmt.Errorf("store %s: %w", path, err)
	}
	return filefault.ProblemOf("store "+path, path, err)
}

// mismatchProblem says that a store holds what does not match. The next cycle compares all of it.
func mismatchProblem(path string, cause error) error {
	detail := strings.TrimPrefix(cause.Error(), db.ErrMismatch.Error())
	if strings.Contains(detail, "sql: ") {
		detail = "" // words of the database driver
	}
	return &problem.Problem{Code: db.Mismatch, Cause: cause,
		Message: fmt.Sprintf("store %s: holds rows that do not match their checksum%s: "+
			"the file was changed by something else, or its disk fails", path, detail),
		Hint: "Run jerem collect, or let jerem serve go on: what is damaged is derived again, or read again from Jira."}
}

// damageProblem says that a store can be read no more. The next start moves it aside.
func damageProblem(path string, cause error) error {
	return &problem.Problem{Code: db.Damaged, Message: fmt.Sprintf("store %s: is damaged: %v", path, cause),
		Cause: cause,
		Hint:  "Start jerem collect or serve anew: it moves the file aside and reads everything again from Jira."}
}

func missingFileProblem(path string, cause error) error {
	return &problem.Problem{Code: db.Missing, Message: fmt.Sprintf("store %s: there is no such file", path),
		Cause: cause,
		Hint:  "Run jerem collect first, or correct store.path."}
}

func createProblem(path string, cause error) error {
	return &problem.Problem{Code: db.Unwritable, Cause: cause,
		Message: fmt.Sprintf("store %s: cannot be created or written: %v", path, errors.Unwrap(cause)),
		Hint:    "Set store.path to a place where this user may write."}
}

func readOnly(path string) error {
	return &problem.Problem{Code: db.Unwritable, Message: fmt.Sprintf("store %s: is open for reading only", path)}
}

// takeLock locks a file for this process.
func takeLock(path string) (*filelock.Lock, error) {
	lock, err := filelock.Take(path)
	var told *problem.Problem
	if err != nil && !errors.As(err, &told) {
		return nil, createProblem(path, err)
	}
	return lock, err
}
