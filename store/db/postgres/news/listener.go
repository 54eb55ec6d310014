package news

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// pollEvery is how often the tables are looked at, and how soon a lost connection is opened again.
const pollEvery = 2 * time.Second

// Listener knows what is new. It is safe for concurrent use.
type Listener struct {
	config  *pgx.ConnConfig
	pool    *sql.DB
	channel string // in SQL
	now     func() time.Time
	stop    context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	changed chan struct{} // closed at the next event
	settled int64
	mark    string
	ahead   time.Duration // how far the clock of the server is ahead of ours
}

// Listen begins to listen, until Close. now is our clock, which the one of the server is compared with.
func Listen(
	ctx context.Context, config *pgx.ConnConfig, pool *sql.DB, channel string, now func() time.Time,
) *Listener {
	l := &Listener{config: config, pool: pool, channel: channel, now: now, changed: make(chan struct{})}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.stop = stop
	l.compareClocks(ctx)
	l.running.Go(func() { l.listenOn(behind) })
	l.running.Go(func() { l.pollOn(behind) })
	return l
}

// Close ends it.
func (l *Listener) Close() {
	l.stop()
	l.running.Wait()
}

// Changed returns a channel that is closed at the next event.
func (l *Listener) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changed
}

// Settled is a number that changes when a reading ended.
func (l *Listener) Settled() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.settled
}

// Now is the time by the clock of the server, as far as it was last compared with ours.
func (l *Listener) Now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now().Add(l.ahead)
}

// compareClocks asks the server for its time. What keeps it from that is told by whoever reads the store.
func (l *Listener) compareClocks(ctx context.Context) {
	var theirs time.Time
	asked := l.now()
	if l.pool.QueryRowContext(ctx, `SELECT clock_timestamp()`).Scan(&theirs) != nil {
		return
	}
	took := l.now().Sub(asked)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ahead = theirs.Sub(asked.Add(took / 2))
}

// Wake tells those who wait that there was an event.
func (l *Listener) Wake() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.changed)
	l.changed = make(chan struct{})
}

// TellSettled has this instance, and all others, know that a reading ended.
func (l *Listener) TellSettled(ctx context.Context) error {
	err := l.lookAtTeams(ctx)
	if err == nil {
		_, err = l.pool.ExecContext(ctx, `SELECT pg_notify(`+l.channel+`, 'settled')`)
	}
	return err
}

// lookAtTeams reads whether a reading ended since the last time, and wakes who waits where one did.
func (l *Listener) lookAtTeams(ctx context.Context) error {
	var mark string
	err := l.pool.QueryRowContext(ctx, `SELECT concat_ws(' ', count(*), sum(t.until), sum(t.behind), sum(g.complete),
		md5(string_agg(t.why, '' ORDER BY t.name))) FROM team t LEFT JOIN generation g ON g.team = t.name`).Scan(&mark)
	if err != nil {
		return err
	}
	l.mu.Lock()
	ended := mark != l.mark
	if ended {
		l.mark = mark
		l.settled++
	}
	l.mu.Unlock()
	if ended {
		l.Wake()
	}
	return nil
}

// pollOn looks at the tables every now and then. What keeps it from that is told by whoever reads the store.
func (l *Listener) pollOn(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		_ = l.lookAtTeams(ctx)
		l.compareClocks(ctx)
		var hints bool
		err := l.pool.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM hint)`).Scan(&hints)
		if err == nil && hints {
			l.Wake()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// listenOn listens by a connection of its own, which is opened again whenever it is lost.
func (l *Listener) listenOn(ctx context.Context) {
	for {
		_ = l.listenOnce(ctx) // the tables are looked at in any case
		again := time.NewTimer(pollEvery)
		select {
		case <-ctx.Done():
			again.Stop()
			return
		case <-again.C:
		}
	}
}

func (l *Listener) listenOnce(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, l.config.Copy())
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing)
	}()
	var name string
	if err := conn.QueryRow(ctx, `SELECT `+l.channel).Scan(&name); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `LISTEN `+pgx.Identifier{name}.Sanitize()); err != nil {
		return err
	}
	for {
		told, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if told.Payload != "settled" {
			l.Wake()
			continue
		}
		if err := l.lookAtTeams(ctx); err != nil {
			return err
		}
	}
}
