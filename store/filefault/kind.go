package filefault

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jerem/problem"
	"jerem/store/db"
)

// Kind is what is the matter with a file.
type Kind int

// The kinds.
const (
	Other      Kind = iota // something that is told in SQLite's own words
	NotOurs                // it is no database
	Damaged                // it is one, and its pages contradict one another
	DiskFull               // there is no room
	DiskFails              // it cannot be read or written though there is room
	Unwritable             // this user may not
	Locked                 // another process holds it
)

// words are what the kinds are called, and what is to be done.
var words = map[Kind]struct {
	code          problem.Code
	message, hint string
}{
	NotOurs: {db.NotAStore, "is no database", "Move it away, or put back what stood there."},
	Damaged: {db.Damaged, "is damaged", "Put it back from a backup. Moved away, it is begun anew, and what it held " +
		"is lost."},
	DiskFull:  {db.Full, "the disk is full", "Make room; what was kept before is safe."},
	DiskFails: {db.Unwritable, "its disk fails", "Look at the disk and at the system's log."},
	Unwritable: {db.Unwritable, "cannot be opened or written",
		"Check the rights of the file and of its directory."},
	Locked: {db.Locked, "another process holds it", "Try again in a moment, or end the other one."},
}

// KindOf tells what an error says of a file at a path.
func KindOf(path string, err error) Kind {
	var told *sqlite.Error
	if !errors.As(err, &told) {
		return Other
	}
	switch told.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return NotOurs
	case sqlite3.SQLITE_CORRUPT:
		return Damaged
	case sqlite3.SQLITE_FULL:
		return DiskFull
	case sqlite3.SQLITE_IOERR: // also where the memory that processes share cannot grow
		if isUsedUp(path) {
			return DiskFull
		}
		return DiskFails
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		if isUsedUp(path) { // a file beside it cannot be made
			return DiskFull
		}
		return Unwritable
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return Locked
	}
	return Other
}

// ProblemOf makes a problem of an error about a file, which the subject names. What is a problem already, and what is
// of no kind, comes back as it is.
func ProblemOf(subject, path string, err error) error {
	var own *problem.Problem
	if err == nil || errors.As(err, &own) {
		return err
	}
	known, ok := words[KindOf(path, err)]
	if !ok {
		return err
	}
	return &problem.Problem{Code: known.code, Message: subject + ": " + known.message, Hint: known.hint, Cause: err}
}
