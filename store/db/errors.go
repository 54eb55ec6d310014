package db

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jerem/problem"
)

// The kinds of problems.
const (
	Missing    problem.Code = "store.missing"     // there is no file
	Empty      problem.Code = "store.not_read"    // it holds nothing yet
	Locked     problem.Code = "store.locked"      // another process writes it
	NotAStore  problem.Code = "store.not_a_store" // the file is something else
	Damaged    problem.Code = "store.damaged"     // it is a store, and cannot be read any more
	Mismatch   problem.Code = "store.mismatch"    // it can be read, and holds what does not match its checksum
	Newer      problem.Code = "store.newer"       // a newer jerem wrote it
	Unwritable problem.Code = "store.unwritable"  // it cannot be created or written
	Full       problem.Code = "store.full"        // the disk is full
	Lost       problem.Code = "store.lost"        // the file was deleted or replaced while it was open
)

// ErrMismatch says that rows do not match their checksum, or hold what nobody of us writes.
var ErrMismatch = errors.New("rows do not match their checksum")

// Unfit marks an error about a value that is kept: nobody of us wrote it so.
func Unfit(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w (%w)", ErrMismatch, err)
}

// isNotADatabase tells whether SQLite cannot make out a database.
func isNotADatabase(err error) bool {
	var db *sqlite.Error
	return errors.As(err, &db) && db.Code()&0xff == sqlite3.SQLITE_NOTADB
}

// isMismatch tells whether an error is about a value that nobody of us wrote, or one of another type.
func isMismatch(err error) bool {
	return errors.Is(err, ErrMismatch) || strings.Contains(err.Error(), "sql: Scan error")
}

// problemOf makes a problem of what SQLite says about a file.
func problemOf(path string, err error) error {
	var own *problem.Problem
	var db *sqlite.Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case isMismatch(err):
		return mismatchProblem(path, err)
	case !errors.As(err, &db):
		return err
	}
	p := &problem.Problem{Message: fmt.Sprintf("store %s: %v", path, db), Cause: err}
	switch db.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		p.Code, p.Message = NotAStore, fmt.Sprintf("store %s: is no store of jerem", path)
		p.Hint = "Set another store.path, or move the file away: everything is read again from Jira."
	case sqlite3.SQLITE_CORRUPT:
		return damageProblem(path, db)
	case sqlite3.SQLITE_IOERR:
		p.Code, p.Message = Unwritable, fmt.Sprintf("store %s: its disk fails", path)
		p.Hint = "Look at the disk and at the system's log; the next cycle tries again."
	case sqlite3.SQLITE_FULL:
		return fullDiskProblem(path, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		p.Code, p.Message = Unwritable, fmt.Sprintf("store %s: cannot be opened or written", path)
		p.Hint = "Check the rights of the file and of its directory."
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		p.Code, p.Hint = Locked, "Another process holds it; the next cycle tries again."
	default:
		return fmt.Errorf("store %s: %w", path, err)
	}
	return p
}

// mismatchProblem says that a store holds what does not match. The next cycle compares all of it.
func mismatchProblem(path string, cause error) error {
	detail := strings.TrimPrefix(cause.Error(), ErrMismatch.Error())
	if strings.Contains(detail, "sql: ") {
		detail = "" // words of the database driver
	}
	return &problem.Problem{Code: Mismatch, Cause: cause,
		Message: fmt.Sprintf("store %s: holds rows that do not match their checksum%s: "+
			"the file was changed by something else, or its disk fails", path, detail),
		Hint: "Run jerem collect, or let jerem serve go on: what is damaged is derived again, or read again from Jira."}
}

// damageProblem says that a store can be read no more. The next start moves it aside.
func damageProblem(path string, cause error) error {
	return &problem.Problem{Code: Damaged, Message: fmt.Sprintf("store %s: is damaged: %v", path, cause), Cause: cause,
		Hint: "Start jerem collect or serve anew: it moves the file aside and reads everything again from Jira."}
}

func fullDiskProblem(path string, cause error) error {
	return &problem.Problem{Code: Full, Message: fmt.Sprintf("store %s: the disk is full", path), Cause: cause,
		Hint: "Make room; what was kept before is safe, and the reading goes on from there by itself."}
}

func missingFileProblem(path string, cause error) error {
	return &problem.Problem{Code: Missing, Message: fmt.Sprintf("store %s: there is no such file", path), Cause: cause,
		Hint: "Run jerem collect first, or correct store.path."}
}

func createProblem(path string, cause error) error {
	return &problem.Problem{Code: Unwritable, Cause: cause,
		Message: fmt.Sprintf("store %s: cannot be created or written: %v", path, errors.Unwrap(cause)),
		Hint:    "Set store.path to a place where this user may write."}
}

func readOnly(path string) error {
	return &problem.Problem{Code: Unwritable, Message: fmt.Sprintf("store %s: is open for reading only", path)}
}
