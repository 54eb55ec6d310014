package lease

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"jerem/problem"
	"jerem/store/db"
)

const (
	term    = "10 seconds"     // for how long a process that says nothing keeps its leases
	longest = 10 * time.Second // the same
	renewal = 2 * time.Second  // how often they are renewed
	poll    = 250 * time.Millisecond
)

// writer is the lease of a process that works alone.
const writer db.Part = "writer"

// untilNext is the moment up to which a lease stands that is renewed now.
const untilNext = `clock_timestamp() + interval '` + term + `'`

// Renew is a part of statements that renew a lease; $1 is the part and $2 the epoch. It changes no row of a lease that
// another process took over.
const Renew = `UPDATE lease SET until = ` + untilNext + ` WHERE name = $1 AND epoch = $2`

// changeLock is the number under which changes of who leads what follow one another. The lock ends with the
// transaction.
const changeLock = 0x4a45524e

// processName tells which process it is, for people.
func processName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown machine"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}

// changeLeases runs a transaction in which nobody else changes who leads what.
func changeLeases(ctx context.Context, pool *sql.DB, change func(tx *sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, changeLock); err != nil {
		return err
	}
	if err := change(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// heldProblem says that other processes work on the store.
func heldProblem(place, holder string) error {
	return &problem.Problem{Code: db.Locked,
		Message: fmt.Sprintf("store %s: another jerem writes it: %s", place, holder),
		Hint:    "Stop the other one, or set another store.url."}
}

// Superseded says that another process leads a part by now.
func Superseded(place string, part db.Part) error {
	return &problem.Problem{Code: db.Superseded, Cause: db.ErrSuperseded,
		Message: fmt.Sprintf("store %s: another instance leads the %s by now", place, part),
		Hint:    "Nothing of this write stays, and nothing is lost: the other instance goes on from what is kept."}
}
