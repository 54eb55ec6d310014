package db

import (
	"errors"
	"fmt"

	"jerem/problem"
)

// The kinds of problems.
const (
	Missing     problem.Code = "store.missing"     // there is no file
	Empty       problem.Code = "store.not_read"    // it holds nothing yet
	Locked      problem.Code = "store.locked"      // another process writes it
	NotAStore   problem.Code = "store.not_a_store" // the file is something else
	Damaged     problem.Code = "store.damaged"     // it is a store, and cannot be read any more
	Mismatch    problem.Code = "store.mismatch"    // it can be read, and holds what does not match its checksum
	Newer       problem.Code = "store.newer"       // a newer jerem wrote it
	Older       problem.Code = "store.older"       // an older jerem wrote it: it is to be migrated first
	Unwritable  problem.Code = "store.unwritable"  // it cannot be created or written
	Full        problem.Code = "store.full"        // the disk is full
	Occupied    problem.Code = "store.occupied"    // a copy was to go where something is already
	Unreachable problem.Code = "store.unreachable" // the server does not answer, or refuses the login
	Superseded  problem.Code = "store.superseded"  // another instance leads what was to be written by now
	Lost        problem.Code = "store.lost"        // the file was deleted or replaced while it was open
)

// OlderProblem says that an older program wrote a store, which has the form of a version of the schema.
func OlderProblem(place string, version, present int) error {
	return &problem.Problem{Code: Older,
		Message: fmt.Sprintf("store %s: an older jerem wrote it, in form %d; this one reads form %d", place, version,
			present),
		Hint: "Save it first (jerem backup FILE copies a file of any form, pg_dump a database), then run jerem " +
			"collect or serve: they bring it to the present form, which older programs refuse. See docs/upgrade.md."}
}

// ErrSuperseded is the cause of problems of the kind Superseded, wherever it stands among other errors.
var ErrSuperseded = errors.New("another instance leads it by now")

// ErrMismatch says that rows do not match their checksum, or hold what nobody of us writes.
var ErrMismatch = errors.New("rows do not match their checksum")

// Unfit marks an error about a value that is kept: nobody of us wrote it so.
func Unfit(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w (%w)", ErrMismatch, err)
}
