package ledger

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// Claim says what of a series stands at a sink, or may: pieces, known by their digest, with the points of a
// grid, up to a moment. A claim without a digest is of nothing.
type Claim struct {
	Digest string
	Step   time.Duration
	Until  time.Time
}

// PendingDeletion is a part of a series that is to be deleted at a sink, both ends included, but for the points that
// belong there.
type PendingDeletion struct {
	First, Last int64     // ticks
	Since       time.Time // Jira's clock at the reading that first missed its points
}

// SinkSeries is what is known of one series at a sink.
type SinkSeries struct {
	Key     string
	Taken   Claim // what was taken whole
	Tried   Claim // what is being posted, or was in part: any of it may stand there
	Through int64 // the tick up to which all of it was taken
	Pending []PendingDeletion
}

// SinkEntry is a series to be kept in the ledger; Pieces holds the content of digests that are new. A series of which
// nothing stands and no deletion is pending leaves the ledger.
type SinkEntry struct {
	SinkSeries
	Pieces map[string]Content
}

// Ledger keeps what stands at each sink of each team, series by series.
type Ledger struct{ db db.Database }

// New returns the ledger in a database.
func New(d db.Database) Ledger { return Ledger{d} }

// Cursor returns up to which moment a sink has a team's series; false where it has none.
func (s Ledger) Cursor(ctx context.Context, sink, team string) (at time.Time, ok bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var n int64
		err := tx.QueryRow(ctx, `SELECT at FROM cursor WHERE sink = $1 AND team = $2`, sink, team).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		at, ok = encoding.FromMicros(n), err == nil
		return err
	})
	return at, ok, err
}

// SetCursors notes up to which moment a sink has the series of teams, all or none.
func (s Ledger) SetCursors(ctx context.Context, sink string, byTeam map[string]time.Time) error {
	rows := make([][]any, 0, len(byTeam))
	for _, team := range slices.Sorted(maps.Keys(byTeam)) {
		rows = append(rows, []any{sink, team, encoding.Micros(byTeam[team])})
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.InsertRows(ctx, `INSERT INTO cursor (sink, team, at)`,
			`ON CONFLICT (sink, team) DO UPDATE SET at = excluded.at WHERE cursor.at <> excluded.at`, rows)
		return err
	})
}

// Series returns the ledger of a team at a sink, by key, without the content of pieces.
func (s Ledger) Series(ctx context.Context, sink, team string) (all map[string]*SinkSeries, err error) {
	all = map[string]*SinkSeries{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		byID := map[int64]*SinkSeries{}
		err := tx.Each(ctx, `SELECT id, key, taken, taken_step, taken_until, tried, tried_step, tried_until, through
			FROM sink_series WHERE sink = $1 AND team = $2`, []any{sink, team}, func(scan db.Scan) error {
			var id, takenUntil, triedUntil int64
			one := &SinkSeries{}
			err := scan(
				&id,
				&one.Key,
				&one.Taken.Digest,
				&one.Taken.Step,
				&takenUntil,
				&one.Tried.Digest,
				&one.Tried.Step,
				&triedUntil,
				&one.Through,
			)
			one.Taken.Until, one.Tried.Until = encoding.FromMicros(takenUntil), encoding.FromMicros(triedUntil)
			all[one.Key], byID[id] = one, one
			return err
		})
		if err != nil {
			return err
		}
		return tx.Each(
			ctx,
			`SELECT o.series, o.first, o.last, o.since FROM sink_owed o JOIN sink_series s ON s.id = o.series
			WHERE s.sink = $1 AND s.team = $2 ORDER BY o.series, o.first`,
			[]any{sink, team},
			func(scan db.Scan) error {
				var id, since int64
				var o PendingDeletion
				err := scan(&id, &o.First, &o.Last, &since)
				o.Since = encoding.FromMicros(since)
				byID[id].Pending = append(byID[id].Pending, o)
				return err
			},
		)
	})
	return all, err
}

// Put keeps entries of the ledger, all or none; those that are not named stay as they are.
func (s Ledger) Put(ctx context.Context, sink, team string, list []SinkEntry) error {
	if len(list) == 0 {
		return nil
	}
	return s.db.Write(
		ctx,
		func(ctx context.Context, tx *db.Tx) error { return putSinkSeries(ctx, tx, sink, team, list) },
	)
}

// putSinkSeries keeps entries of the ledger, in sets.
func putSinkSeries(ctx context.Context, tx *db.Tx, sink, team string, list []SinkEntry) error {
	rows, keys := make([][]any, len(list)), make([]string, len(list))
	for n, e := range list {
		keys[n] = e.Key
		rows[n] = []any{sink, team, e.Key, e.Taken.Digest, int64(e.Taken.Step), encoding.Micros(e.Taken.Until),
			e.Tried.Digest, int64(e.Tried.Step), encoding.Micros(e.Tried.Until), e.Through}
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO sink_series
		(sink, team, key, taken, taken_step, taken_until, tried, tried_step, tried_until, through)`,
		`ON CONFLICT (sink, team, key) DO UPDATE SET taken = excluded.taken, taken_step = excluded.taken_step,
		taken_until = excluded.taken_until, tried = excluded.tried, tried_step = excluded.tried_step,
		tried_until = excluded.tried_until, through = excluded.through`, rows)
	if err != nil {
		return err
	}
	kept, err := readKept(ctx, tx, sink, team, keys)
	if err != nil {
		return err
	}
	ids := db.Numbers(slices.Sorted(maps.Values(kept.ids)))
	if err := putPieces(ctx, tx, kept, ids, list); err != nil {
		return err
	}
	if err := putPending(ctx, tx, kept.ids, ids, list); err != nil {
		return err
	}
	return tx.ExecLater(ctx, `DELETE FROM sink_series WHERE id IN `+db.Listed+` AND taken = '' AND tried = ''
		AND NOT EXISTS (SELECT 1 FROM sink_owed o WHERE o.series = sink_series.id)`, ids)
}

// putPending keeps the deletions that are pending of series, in place of those that were.
func putPending(ctx context.Context, tx *db.Tx, byKey map[string]int64, ids string, list []SinkEntry) error {
	if err := tx.ExecLater(ctx, `DELETE FROM sink_owed WHERE series IN `+db.Listed, ids); err != nil {
		return err
	}
	type stretch struct{ series, first, last int64 }
	since := map[stretch]int64{} // one that comes twice counts as it comes last
	for _, e := range list {
		for _, o := range e.Pending {
			since[stretch{byKey[e.Key], o.First, o.Last}] = encoding.Micros(o.Since)
		}
	}
	rows := make([][]any, 0, len(since))
	for o, at := range since {
		rows = append(rows, []any{o.series, o.first, o.last, at})
	}
	return tx.InsertRowsLater(ctx, `INSERT INTO sink_owed (series, first, last, since)`,
		`ON CONFLICT (series, first, last) DO UPDATE SET since = excluded.since`, rows)
}

// FormerText returns the account of a team at a sink that former versions kept as one text, nil for none.
func (s Ledger) FormerText(ctx context.Context, sink, team string) (noted []byte, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var packed []byte
		err := tx.QueryRow(ctx, `SELECT series FROM posted WHERE sink = $1 AND team = $2`, sink, team).Scan(&packed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			noted, err = unpackPieces(packed)
		}
		return err
	})
	return noted, err
}

// ReplaceFormerText keeps entries in place of the account of a former version.
func (s Ledger) ReplaceFormerText(ctx context.Context, sink, team string, list []SinkEntry) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM posted WHERE sink = $1 AND team = $2`, sink, team); err != nil {
			return err
		}
		return putSinkSeries(ctx, tx, sink, team, list)
	})
}

// Forget forgets what stands at a sink of a team, and how far it was served.
func (s Ledger) Forget(ctx context.Context, sink, team string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, statement := range []string{
			`DELETE FROM sink_pieces WHERE series IN (SELECT id FROM sink_series WHERE sink = $1 AND team = $2)`,
			`DELETE FROM sink_part WHERE series IN (SELECT id FROM sink_series WHERE sink = $1 AND team = $2)`,
			`DELETE FROM sink_owed WHERE series IN (SELECT id FROM sink_series WHERE sink = $1 AND team = $2)`,
			`DELETE FROM sink_series WHERE sink = $1 AND team = $2`,
			`DELETE FROM posted WHERE sink = $1 AND team = $2`,
			`DELETE FROM cursor WHERE sink = $1 AND team = $2`,
		} {
			if _, err := tx.Exec(ctx, statement, sink, team); err != nil {
				return err
			}
		}
		return nil
	})
}

// Bounds are the ages of points that a sink refuses, as it was last found; 0 where it takes all.
type Bounds struct{ Past, Future time.Duration }

// SetBounds notes the bounds of a sink.
func (s Ledger) SetBounds(ctx context.Context, sink string, b Bounds) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(
			ctx,
			`INSERT INTO sink_bound (sink, past, future) VALUES ($1, $2, $3)
			ON CONFLICT (sink) DO UPDATE SET past = excluded.past, future = excluded.future
			WHERE sink_bound.past <> excluded.past OR sink_bound.future <> excluded.future`,
			sink,
			int64(b.Past),
			int64(b.Future),
		)
		return err
	})
}

// Bounds returns the bounds of a sink as they were last noted.
func (s Ledger) Bounds(ctx context.Context, sink string) (b Bounds, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT past, future FROM sink_bound WHERE sink = $1`, sink).Scan(&b.Past, &b.Future)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return b, err
}
