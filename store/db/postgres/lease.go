package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"jerem/problem"
	"jerem/store/db"
)

const (
	leaseTerm    = "15 seconds"    // for how long a process that says nothing may write
	leaseRenewal = 3 * time.Second // how often it is renewed
	leasePoll    = 250 * time.Millisecond
)

// holderName tells which process holds a lease.
func holderName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown machine"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}

// renewLease is a part of statements that renew the lease; $1 is the epoch. It changes no row of a lease that another
// process took over.
const renewLease = `UPDATE lease SET until = clock_timestamp() + interval '` + leaseTerm + `'
	WHERE name = 'writer' AND epoch = $1`

// takeLease takes the lease where it lapsed, and returns its epoch; 0 where it is somebody's. A row that is locked is
// that of a process which writes just now: it did not lapse.
func takeLease(ctx context.Context, pool *sql.DB) (epoch int64, err error) {
	err = pool.QueryRowContext(ctx, `UPDATE lease SET epoch = epoch + 1, holder = $1,
		until = clock_timestamp() + interval '`+leaseTerm+`'
		WHERE name IN (SELECT name FROM lease WHERE name = 'writer' AND until < clock_timestamp()
			FOR UPDATE SKIP LOCKED)
		RETURNING epoch`, holderName()).Scan(&epoch)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return epoch, err
}

// leaseState is who holds the lease, and up to when.
type leaseState struct {
	epoch         int64
	holder, until string
}

func readLease(ctx context.Context, pool *sql.DB) (l leaseState, err error) {
	err = pool.QueryRowContext(ctx, `SELECT epoch, holder, CAST(until AS text) FROM lease WHERE name = 'writer'`).
		Scan(&l.epoch, &l.holder, &l.until)
	return l, err
}

// awaitLease takes the lease. One that is not renewed is waited for: its process was killed, or is held up. One that is
// renewed meanwhile is refused.
func awaitLease(ctx context.Context, pool *sql.DB, place string) (epoch int64, err error) {
	first, err := readLease(ctx, pool)
	if err != nil {
		return 0, err
	}
	poll := time.NewTicker(leasePoll)
	defer poll.Stop()
	for {
		if epoch, err = takeLease(ctx, pool); err != nil || epoch != 0 {
			return epoch, err
		}
		now, err := readLease(ctx, pool)
		if err != nil {
			return 0, err
		}
		if now != first {
			return 0, leaseHeld(place, now.holder)
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func leaseHeld(place, holder string) error {
	return &problem.Problem{Code: db.Locked,
		Message: fmt.Sprintf("store %s: another jerem writes it: %s", place, holder),
		Hint:    "Stop the other one, or set another store.url."}
}

// keepLease renews the lease until the context ends. What keeps it from that is found by the next write.
func (s *Database) keepLease(ctx context.Context) {
	defer close(s.renewed)
	tick := time.NewTicker(leaseRenewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, _ = s.pool.ExecContext(ctx, renewLease, s.epoch.Load())
		}
	}
}

// giveBackLease lets another process write at once.
func (s *Database) giveBackLease(ctx context.Context) error {
	_, err := s.pool.ExecContext(ctx, `UPDATE lease SET until = '-infinity' WHERE name = 'writer' AND epoch = $1`,
		s.epoch.Load())
	return err
}
