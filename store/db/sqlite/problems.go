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
	"jerem/store/diskspace"
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
	p := &problem.Problem{Message: fmt.Sprintf("store %s: %v", path, told), Cause: err}
	switch told.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		p.Code, p.Message = db.NotAStore, fmt.Sprintf("store %s: is no store of jerem", path)
		p.Hint = "Set another store.path, or move the file away: everything is read again from Jira."
	case sqlite3.SQLITE_CORRUPT:
		return damageProblem(path, told)
	case sqlite3.SQLITE_IOERR:
		if diskspace.IsUsedUp(path) {
			return fullDiskProblem(path, err)
		}
		p.Code, p.Message = db.Unwritable, fmt.Sprintf("store %s: its disk fails", path)
		p.Hint = "Look at the disk and at the system's log; the next cycle tries again."
	case sqlite3.SQLITE_FULL:
		return fullDiskProblem(path, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		p.Code, p.Message = db.Unwritable, fmt.Sprintf("store %s: cannot be opened or written", path)
		p.Hint = "Check the rights of the file and of its directory."
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		p.Code, p.Hint = db.Locked, "Another process holds it; the next cycle tries again."
	default:
		return fmt.Errorf("store %s: %w", path, err)
	}
	return p
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

func fullDiskProblem(path string, cause error) error {
	return &problem.Problem{Code: db.Full, Message: fmt.Sprintf("store %s: the disk is full", path), Cause: cause,
		Hint: "Make room; what was kept before is safe, and the reading goes on from there by itself."}
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
