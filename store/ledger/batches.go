package ledger

import (
	"context"
	"slices"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// This file is for stores that several instances work on. What an instance sends to a sink may arrive after it lost its
// lease, and after the next leader posted the same range. So a batch is noted before it is sent, and whoever takes over
// holds what it claimed, until nothing of it can arrive any more: then it is given back to the ledger as tried, and
// posted over. Where one process does all the work nothing of this is noted.

// Batch is what is about to be sent to a sink, or deleted there.
type Batch struct {
	First, Last int64     // ticks
	Until       time.Time // up to which moment the series were computed
	Deletes     bool
}

// batchLongest is how long a batch may be on its way: after that nothing of it arrives, unless its process was paused,
// which tells so itself when it wakes.
const batchLongest = `interval '6 minutes'`

// NoteBatch notes what is about to be sent, by the lease under which it is.
func (s Ledger) NoteBatch(ctx context.Context, sink, team string, b Batch) error {
	f, shared := db.FenceOf(ctx)
	if !shared {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO sink_batch (sink, team, epoch, first, last, until, deletes, noted)
			VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) ON CONFLICT (sink, team, epoch) DO UPDATE SET
			first = least(sink_batch.first, excluded.first), last = greatest(sink_batch.last, excluded.last),
			until = greatest(sink_batch.until, excluded.until),
			deletes = greatest(sink_batch.deletes, excluded.deletes), noted = excluded.noted`,
			sink, team, f.Epoch, b.First, b.Last, encoding.Micros(b.Until),
			encoding.Flag(b.Deletes))
		return err
	})
}

// EndBatches notes that nothing is on its way any more of what was noted of a team by the lease of the context.
func (s Ledger) EndBatches(ctx context.Context, sink, team string) error {
	f, shared := db.FenceOf(ctx)
	if !shared {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		const ended = `DELETE FROM sink_batch WHERE sink = $1 AND team = $2 AND epoch = $3`
		_, err := tx.Exec(ctx, ended, sink, team, f.Epoch)
		return err
	})
}

// holdLate copies what stands at a sink, or may, by the ledger of an instance that lost its lease: what was tried, else
// what was taken, up to the moment of the batch. Of a batch that deletes the series are told of which deletions were
// pending.
const holdLate = `INSERT INTO sink_late (sink, team, epoch, key, digest, step, until, deleted, pieces, parts)
	SELECT s.sink, s.team, b.epoch, s.key, c.digest, c.step, c.until,
		CASE WHEN b.deletes = 1 AND EXISTS (SELECT 1 FROM sink_owed o WHERE o.series = s.id) THEN 1 ELSE 0 END,
		coalesce(p.pieces, ''), coalesce(p.parts, '')
	FROM sink_batch b JOIN sink_series s ON s.sink = b.sink AND s.team = b.team
	CROSS JOIN LATERAL (SELECT CASE WHEN s.tried <> '' THEN s.tried ELSE s.taken END AS digest,
		CASE WHEN s.tried <> '' THEN s.tried_step ELSE s.taken_step END AS step,
		CASE WHEN s.tried <> '' THEN s.tried_until ELSE greatest(s.taken_until, b.until) END AS until) c
	LEFT JOIN sink_pieces p ON p.series = s.id AND p.digest = c.digest
	WHERE b.sink = $1 AND b.team = $2 AND b.epoch < $3 AND b.held = 0
	ON CONFLICT DO NOTHING`

// holdLateParts copies the parts of what is held: the ledger may forget them meanwhile.
const holdLateParts = `INSERT INTO sink_late_part (sink, team, key, digest, content)
	SELECT s.sink, s.team, s.key, q.digest, q.content FROM sink_late l
	JOIN sink_series s ON s.sink = l.sink AND s.team = l.team AND s.key = l.key
	JOIN sink_part q ON q.series = s.id AND strpos(l.parts, q.digest) > 0
	WHERE l.sink = $1 AND l.team = $2 AND l.epoch < $3 AND l.parts <> ''
	ON CONFLICT DO NOTHING`

// HoldLate holds the claims of batches of former leaders of a team, which may still arrive. It tells whether any are
// held. Who takes over asks for it before anything is posted.
func (s Ledger) HoldLate(ctx context.Context, sink, team string) (held bool, err error) {
	f, shared := db.FenceOf(ctx)
	if !shared {
		return false, nil
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sink_batch
			WHERE sink = $1 AND team = $2 AND epoch < $3)`, sink, team, f.Epoch).Scan(&held)
	})
	if err != nil || !held {
		return false, err
	}
	return true, s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, statement := range []string{holdLate, holdLateParts} {
			if _, err := tx.Exec(ctx, statement, sink, team, f.Epoch); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `UPDATE sink_batch SET held = 1
			WHERE sink = $1 AND team = $2 AND epoch < $3 AND held = 0`, sink, team, f.Epoch)
		return err
	})
}

// firstDue is the batch of the first of the former leaders of a team of which nothing arrives any more: its instance
// told so, or it was on its way for as long as a request lasts.
const firstDue = `SELECT coalesce(min(epoch), 0) FROM sink_batch WHERE sink = $1 AND team = $2 AND epoch < $3
	AND (ended = 1 AND held > 0 OR held = 1 AND noted < clock_timestamp() - ` + batchLongest + `)`

// claimsOf selects what is held of a batch, by its epoch.
const claimsOf = ` FROM sink_late l WHERE l.sink = $1 AND l.team = $2 AND l.epoch = $3 AND l.digest <> ''`

// restoreLate gives the claims of a batch back to the ledger as tried. A series of which something may have been
// deleted is taken for one of which nothing stands for sure. through is where nothing of a series is known to be taken.
func restoreLate(ctx context.Context, tx *db.Tx, sink, team string, epoch, through int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO sink_series
		(sink, team, key, taken, taken_step, taken_until, tried, tried_step, tried_until, through)
		SELECT l.sink, l.team, l.key, '', 0, 0, '', 0, 0, 0`+claimsOf+` ON CONFLICT DO NOTHING`, sink, team, epoch)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`INSERT INTO sink_pieces (series, digest, pieces, parts) SELECT s.id, c.digest, c.pieces, c.parts
		FROM (SELECT l.*` + claimsOf + `) c JOIN sink_series s ON s.sink = c.sink AND s.team = c.team AND s.key = c.key
		ON CONFLICT DO NOTHING`,
		`INSERT INTO sink_part (series, digest, content) SELECT s.id, q.digest, q.content
		FROM (SELECT l.*` + claimsOf + `) c JOIN sink_series s ON s.sink = c.sink AND s.team = c.team AND s.key = c.key
		JOIN sink_late_part q ON q.sink = c.sink AND q.team = c.team AND q.key = c.key
			AND strpos(c.parts, q.digest) > 0 ON CONFLICT DO NOTHING`,
	} {
		if _, err = tx.Exec(ctx, statement, sink, team, epoch); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE sink_series s SET tried = c.digest, tried_step = c.step, tried_until = c.until,
		through = $4, taken = CASE WHEN c.deleted = 1 THEN '' ELSE s.taken END FROM (SELECT l.*`+claimsOf+`) c
		WHERE s.sink = c.sink AND s.team = c.team AND s.key = c.key`, sink, team, epoch, through)
	return err
}

// forgetLate forgets a batch that its instance told to have ended, or that is a day old. Another one stays: an instance
// that was paused may tell it yet.
func forgetLate(ctx context.Context, tx *db.Tx, sink, team string, epoch int64) error {
	const partsOfNone = `DELETE FROM sink_late_part q WHERE q.sink = $1 AND q.team = $2 AND NOT EXISTS (SELECT 1
		FROM sink_late l WHERE l.sink = q.sink AND l.team = q.team AND l.key = q.key)`
	for _, statement := range []string{
		`UPDATE sink_batch SET held = 2 WHERE sink = $1 AND team = $2 AND epoch = $3`,
		`DELETE FROM sink_batch WHERE sink = $1 AND team = $2 AND epoch = $3
			AND (ended = 1 OR noted < clock_timestamp() - interval '1 day')`,
		`DELETE FROM sink_late l WHERE l.sink = $1 AND l.team = $2 AND l.epoch = $3 AND NOT EXISTS (SELECT 1
			FROM sink_batch b WHERE b.sink = l.sink AND b.team = l.team AND b.epoch = l.epoch)`,
	} {
		if _, err := tx.Exec(ctx, statement, sink, team, epoch); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, partsOfNone, sink, team)
	return err
}

// RestoreLate gives back to the ledger, as tried, what a former leader sent and what can arrive no more. It waits while
// something else is being tried of the team. more tells whether anything is held still. through is where nothing of a
// series is known to be taken.
func (s Ledger) RestoreLate(ctx context.Context, sink, team string, through int64) (restored, more bool, err error) {
	f, shared := db.FenceOf(ctx)
	if !shared {
		return false, false, nil
	}
	var due int64
	var tried bool
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT (`+firstDue+`),
			EXISTS (SELECT 1 FROM sink_batch WHERE sink = $1 AND team = $2 AND epoch < $3),
			EXISTS (SELECT 1 FROM sink_series WHERE sink = $1 AND team = $2 AND tried <> '')`, sink, team, f.Epoch).
			Scan(&due, &more, &tried)
	})
	if err != nil || due == 0 || tried {
		return false, more, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := restoreLate(ctx, tx, sink, team, due, through); err != nil {
			return err
		}
		return forgetLate(ctx, tx, sink, team, due)
	})
	return err == nil, true, err
}

// LateFor tells for how long something may arrive at a sink yet that an instance sent of a team and did not tell to
// have ended, as it was killed or paused; 0 for nothing. Of a process that stays paused for longer nobody knows. It is
// asked where no instance is live.
func (s Ledger) LateFor(ctx context.Context, sink, team string) (wait time.Duration, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		if !slices.Contains(tx.TeamTables(), "sink_batch") {
			return nil
		}
		var milliseconds int64
		err := tx.QueryRow(ctx, `SELECT CAST(coalesce(ceil(max(extract(epoch FROM
			noted + `+batchLongest+` - clock_timestamp())) * 1000), 0) AS bigint)
			FROM sink_batch WHERE sink = $1 AND team = $2 AND ended = 0`, sink, team).Scan(&milliseconds)
		wait = max(0, time.Duration(milliseconds)*time.Millisecond)
		return err
	})
	return wait, err
}
