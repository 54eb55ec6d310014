package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// This file keeps the sink ledger: what stands at each sink of each team, series by series.

// Claim says what of a series stands at a sink, or may: pieces, known by their digest, with the points of a
// grid, up to a moment. A claim without a digest is of nothing.
type Claim struct {
	Digest string
	Step   time.Duration
	Until  time.Time
}

// Owed is a part of a series that is to be deleted at a sink, both ends included, but for the points that
// belong there.
type Owed struct {
	First, Last int64     // ticks
	Since       time.Time // Jira's clock at the reading that first missed its points
}

// SinkSeries is what is known of one series at a sink.
type SinkSeries struct {
	Key     string
	Taken   Claim // what was taken whole
	Tried   Claim // what is being posted, or was in part: any of it may stand there
	Through int64 // the tick up to which all of it was taken
	Owed    []Owed
}

// SinkEntry is a series to be kept in the ledger; Pieces holds the content of digests that are new, in any
// form. A series of which nothing stands and nothing is owed leaves the ledger.
type SinkEntry struct {
	SinkSeries
	Pieces map[string][]byte
}

// Cursor returns up to which moment a sink has a team's series; false where it has none.
func (s *Store) Cursor(ctx context.Context, sink, team string) (at time.Time, ok bool, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var n int64
		err := tx.QueryRowContext(ctx, `SELECT at FROM cursor WHERE sink = ?1 AND team = ?2`, sink, team).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		at, ok = fromMicros(n), err == nil
		return err
	})
	return at, ok, err
}

// SetCursor notes up to which moment a sink has a team's series.
func (s *Store) SetCursor(ctx context.Context, sink, team string, at time.Time) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO cursor VALUES (?1, ?2, ?3)`, sink, team, micros(at))
		return err
	})
}

// SinkSeries returns the ledger of a team at a sink, by key, without the content of pieces.
func (s *Store) SinkSeries(ctx context.Context, sink, team string) (all map[string]*SinkSeries, err error) {
	all = map[string]*SinkSeries{}
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		byID := map[int64]*SinkSeries{}
		err := rows(ctx, tx, `SELECT id, key, taken, taken_step, taken_until, tried, tried_step, tried_until, through
			FROM sink_series WHERE sink = ?1 AND team = ?2`, []any{sink, team}, func(scan func(...any) error) error {
			var id, takenUntil, triedUntil int64
			one := &SinkSeries{}
			err := scan(&id, &one.Key, &one.Taken.Digest, &one.Taken.Step, &takenUntil, &one.Tried.Digest, &one.Tried.Step, &triedUntil, &one.Through)
			one.Taken.Until, one.Tried.Until = fromMicros(takenUntil), fromMicros(triedUntil)
			all[one.Key], byID[id] = one, one
			return err
		})
		if err != nil {
			return err
		}
		return rows(ctx, tx, `SELECT o.series, o.first, o.last, o.since FROM sink_owed o JOIN sink_series s ON s.id = o.series
			WHERE s.sink = ?1 AND s.team = ?2 ORDER BY o.series, o.first`, []any{sink, team}, func(scan func(...any) error) error {
			var id, since int64
			var o Owed
			err := scan(&id, &o.First, &o.Last, &since)
			o.Since = fromMicros(since)
			byID[id].Owed = append(byID[id].Owed, o)
			return err
		})
	})
	return all, err
}

// SinkPieces returns the content of pieces as it was given to PutSinkSeries, nil where it was lost.
func (s *Store) SinkPieces(ctx context.Context, sink, team, key, digest string) (content []byte, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var packed []byte
		err := tx.QueryRowContext(ctx, `SELECT p.pieces FROM sink_pieces p JOIN sink_series s ON s.id = p.series
			WHERE s.sink = ?1 AND s.team = ?2 AND s.key = ?3 AND p.digest = ?4`, sink, team, key, digest).Scan(&packed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			content, err = unsqueeze(packed)
		}
		return err
	})
	return content, err
}

// PutSinkSeries keeps entries of the ledger, all or none; those that are not named stay as they are.
func (s *Store) PutSinkSeries(ctx context.Context, sink, team string, list []SinkEntry) error {
	if len(list) == 0 {
		return nil
	}
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error { return putSinkSeries(ctx, tx, sink, team, list) })
}

func putSinkSeries(ctx context.Context, tx *sql.Tx, sink, team string, list []SinkEntry) error {
	for i := range list {
		if err := putSinkEntry(ctx, tx, sink, team, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

func putSinkEntry(ctx context.Context, tx *sql.Tx, sink, team string, e *SinkEntry) error {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO sink_series (sink, team, key, taken, taken_step, taken_until, tried, tried_step, tried_until, through)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (sink, team, key) DO UPDATE SET
		taken = ?4, taken_step = ?5, taken_until = ?6, tried = ?7, tried_step = ?8, tried_until = ?9, through = ?10 RETURNING id`,
		sink, team, e.Key, e.Taken.Digest, int64(e.Taken.Step), micros(e.Taken.Until), e.Tried.Digest, int64(e.Tried.Step), micros(e.Tried.Until), e.Through).Scan(&id)
	if err != nil {
		return err
	}
	if err := putPieces(ctx, tx, id, e); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM sink_owed WHERE series = ?1`, id); err != nil {
		return err
	}
	for _, o := range e.Owed {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO sink_owed VALUES (?1, ?2, ?3, ?4)`, id, o.First, o.Last, micros(o.Since)); err != nil {
			return err
		}
	}
	if e.Taken.Digest+e.Tried.Digest != "" || len(e.Owed) > 0 {
		return nil
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM sink_series WHERE id = ?1`, id)
	return err
}

// putPieces keeps the content that is new and forgets what no claim names any more.
func putPieces(ctx context.Context, tx *sql.Tx, id int64, e *SinkEntry) error {
	for digest, content := range e.Pieces {
		packed, err := squeeze(content)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO sink_pieces VALUES (?1, ?2, ?3)`, id, digest, packed); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM sink_pieces WHERE series = ?1 AND digest NOT IN (?2, ?3)`, id, e.Taken.Digest, e.Tried.Digest)
	return err
}

// OldLedger returns the account of a team at a sink that former versions kept as one text, nil for none.
func (s *Store) OldLedger(ctx context.Context, sink, team string) (noted []byte, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var packed []byte
		err := tx.QueryRowContext(ctx, `SELECT series FROM posted WHERE sink = ?1 AND team = ?2`, sink, team).Scan(&packed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			noted, err = unsqueeze(packed)
		}
		return err
	})
	return noted, err
}

// ConvertLedger keeps entries in place of the account of a former version.
func (s *Store) ConvertLedger(ctx context.Context, sink, team string, list []SinkEntry) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM posted WHERE sink = ?1 AND team = ?2`, sink, team); err != nil {
			return err
		}
		return putSinkSeries(ctx, tx, sink, team, list)
	})
}

// ForgetPosted forgets what stands at a sink of a team, and how far it was served.
func (s *Store) ForgetPosted(ctx context.Context, sink, team string) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM sink_pieces WHERE series IN (SELECT id FROM sink_series WHERE sink = ?1 AND team = ?2)`,
			`DELETE FROM sink_owed WHERE series IN (SELECT id FROM sink_series WHERE sink = ?1 AND team = ?2)`,
			`DELETE FROM sink_series WHERE sink = ?1 AND team = ?2`,
			`DELETE FROM posted WHERE sink = ?1 AND team = ?2`,
			`DELETE FROM cursor WHERE sink = ?1 AND team = ?2`,
		} {
			if _, err := tx.ExecContext(ctx, statement, sink, team); err != nil {
				return err
			}
		}
		return nil
	})
}

// Bounds are the ages of points that a sink refuses, as it was last found; 0 where it takes all.
type Bounds struct{ Past, Future time.Duration }

// SetSinkBounds notes the bounds of a sink.
func (s *Store) SetSinkBounds(ctx context.Context, sink string, b Bounds) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO sink_bound VALUES (?1, ?2, ?3)`, sink, int64(b.Past), int64(b.Future))
		return err
	})
}

// SinkBounds returns the bounds of a sink as they were last noted.
func (s *Store) SinkBounds(ctx context.Context, sink string) (b Bounds, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT past, future FROM sink_bound WHERE sink = ?1`, sink).Scan(&b.Past, &b.Future)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return b, err
}
