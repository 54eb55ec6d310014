package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"

	"jerem/store/db"
	"jerem/store/db/postgres/lease"
	"jerem/store/db/postgres/news"
)

// sharing is how this process shares the work with others. It implements db.Sharing.
type sharing struct {
	pool     *sql.DB
	instance *lease.Instance
	listener *news.Listener
}

// startSharing makes this process one of several instances.
func startSharing(
	ctx context.Context, config *pgx.ConnConfig, pool *sql.DB, place string, parts []db.Part, now func() time.Time,
) (*sharing, error) {
	listener := news.Listen(ctx, config, pool, lease.Channel, now)
	instance, err := lease.Join(ctx, pool, place, parts, listener.Wake, now)
	if err != nil {
		listener.Close()
		return nil, err
	}
	return &sharing{pool, instance, listener}, nil
}

// giveUpLeadership gives back what this process led.
func (s *sharing) giveUpLeadership(ctx context.Context) error {
	s.listener.Close()
	return s.instance.Leave(ctx)
}

// Lead begins work on a part.
func (s *sharing) Lead(ctx context.Context, part db.Part) (leading context.Context, end func(), leads bool) {
	return s.instance.Lead(ctx, part)
}

// Leases tells which instance leads which part.
func (s *sharing) Leases(ctx context.Context) ([]db.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeouts.silent) // readiness has told by now what the server lacks
	defer cancel()
	return s.instance.List(ctx)
}

// Changed returns a channel that is closed at the next event.
func (s *sharing) Changed() <-chan struct{} { return s.listener.Changed() }

// Now is the time by the clock of the server.
func (s *sharing) Now() time.Time { return s.listener.Now() }

// Settled is a number that changes when a reading of any instance ended.
func (s *sharing) Settled() int64 { return s.listener.Settled() }

// TellSettled has all instances know that a reading ended.
func (s *sharing) TellSettled(ctx context.Context) error { return s.listener.TellSettled(ctx) }

// TellEnded has the leader of a team know that nothing sent to a sink by a lost lease is on its way any more.
func (s *sharing) TellEnded(ctx context.Context, sink, team string, epoch int64) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeouts.read)
	defer cancel()
	_, err := s.pool.ExecContext(ctx, `UPDATE sink_batch SET ended = 1 WHERE sink = $1 AND team = $2 AND epoch = $3`,
		sink, team, epoch)
	return err
}

// AddHint leaves a text for who leads the reading. It is no write of what the store keeps of a Jira: no lease is
// needed, and the version stands.
func (s *sharing) AddHint(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeouts.read)
	defer cancel()
	_, err := s.pool.ExecContext(ctx, `WITH added AS (INSERT INTO hint (named) VALUES ($1))
		SELECT pg_notify(`+lease.Channel+`, 'hint')`, text)
	return err
}

// TakeHints returns the texts that were left, and takes them away.
func (s *sharing) TakeHints(ctx context.Context) (texts []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeouts.read)
	defer cancel()
	rows, err := s.pool.QueryContext(ctx, `DELETE FROM hint RETURNING named`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}
