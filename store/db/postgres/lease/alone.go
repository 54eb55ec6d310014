package lease

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"jerem/store/db"
)

// Alone is the lease of a process that works on a store alone. It is safe for concurrent use.
type Alone struct {
	pool  *sql.DB
	place string
	epoch atomic.Int64
	stop  context.CancelFunc
	done  chan struct{} // closed once it is renewed no more
}

// TakeAlone takes the lease of everything, and renews it until it is given back. Others that are not renewed are waited
// for: their processes were killed, or are held up. Where one is renewed meanwhile the store is refused.
func TakeAlone(ctx context.Context, pool *sql.DB, place string) (*Alone, error) {
	a := &Alone{pool: pool, place: place, done: make(chan struct{})}
	err := awaitLease(ctx, pool, place, func(ctx context.Context) (bool, error) {
		epoch, err := takeAll(ctx, pool)
		a.epoch.Store(epoch)
		return epoch != 0, err
	})
	if err != nil {
		return nil, err
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = stop
	go a.keepRenewed(behind)
	return a, nil
}

// awaitLease tries to take a lease until it has it. Where another process renews one meanwhile it is refused.
func awaitLease(ctx context.Context, pool *sql.DB, place string, take func(context.Context) (bool, error)) error {
	first, err := readHolder(ctx, pool)
	if err != nil {
		return err
	}
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		taken, err := tryToTake(ctx, take)
		if err != nil || taken {
			return err
		}
		now, err := readHolder(ctx, pool)
		if err != nil {
			return err
		}
		if now != first {
			return heldProblem(place, now.name)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// tryToTake tries once, for as long as a server that is silent is waited for.
func tryToTake(ctx context.Context, take func(context.Context) (bool, error)) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	return take(ctx)
}

// holder is who works on a store, and up to when it said so.
type holder struct{ name, until string }

// readHolder reads which process said last that it works on the store.
func readHolder(ctx context.Context, pool *sql.DB) (h holder, err error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	err = pool.QueryRowContext(ctx, `SELECT name, CAST(until AS text) FROM (
		SELECT holder AS name, until FROM lease WHERE name = 'writer' UNION ALL SELECT name, until FROM instance) h
		ORDER BY h.until DESC LIMIT 1`).Scan(&h.name, &h.until)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return h, err
}

// takeAll takes the lease of everything where it lapsed and no instance is live, and returns its epoch; 0 where
// somebody works on the store. A row that is locked is that of a process which writes just now. The epochs of all parts
// rise: an instance that was paused finds another one.
func takeAll(ctx context.Context, pool *sql.DB) (epoch int64, err error) {
	err = changeLeases(ctx, pool, func(tx *sql.Tx) error {
		var busy bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM instance WHERE until >= clock_timestamp()) OR
			(SELECT count(*) FROM lease) <>
			(SELECT count(*) FROM (SELECT name FROM lease FOR UPDATE SKIP LOCKED) free)`).
			Scan(&busy)
		if err != nil || busy {
			return err
		}
		err = tx.QueryRowContext(ctx, `UPDATE lease SET epoch = epoch + 1, holder = $1, until = `+untilNext+`
			WHERE name = 'writer' AND until < clock_timestamp() RETURNING epoch`, processName()).Scan(&epoch)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM instance`); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE lease SET epoch = epoch + 1, holder = '', instance = '',
			until = '-infinity' WHERE name <> 'writer'`)
		return err
	})
	if err != nil {
		return 0, err
	}
	return epoch, nil
}

// Fence is by what it writes.
func (a *Alone) Fence() db.Fence { return db.Fence{Part: writer, Epoch: a.epoch.Load()} }

// TakeBack takes the lease again that another process had meanwhile, if that one ended; else it is refused.
func (a *Alone) TakeBack(ctx context.Context) error {
	epoch, err := takeAll(ctx, a.pool)
	if err != nil {
		return err
	}
	if epoch == 0 {
		now, err := readHolder(ctx, a.pool)
		if err != nil {
			return err
		}
		return heldProblem(a.place, now.name)
	}
	a.epoch.Store(epoch)
	return nil
}

// keepRenewed renews the lease until the context ends. What keeps it from that is found by the next write.
func (a *Alone) keepRenewed(ctx context.Context) {
	defer close(a.done)
	eachRenewal(ctx, func() { _, _ = a.pool.ExecContext(ctx, Renew, string(writer), a.epoch.Load()) })
}

// eachRenewal does something whenever leases are to be renewed, until the context ends.
func eachRenewal(ctx context.Context, renew func()) {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			renew()
		}
	}
}

// GiveBack lets other processes work at once.
func (a *Alone) GiveBack(ctx context.Context) error {
	a.stop()
	<-a.done
	_, err := a.pool.ExecContext(ctx, `UPDATE lease SET until = '-infinity' WHERE name = 'writer' AND epoch = $1`,
		a.epoch.Load())
	return err
}
