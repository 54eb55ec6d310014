package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jerem/series"
	"jerem/store"
)

// This file reads and writes the sink ledger: what stands at a sink of a team, series by series.

// piece is a piece of a series as the ledger keeps it; the series' key stands beside it.
type piece struct {
	Kind    series.Kind
	Points  []series.Point
	End     time.Time
	GridEnd time.Time
}

// writePieces writes the pieces of an extent.
func writePieces(e *series.Extent) ([]byte, error) {
	list := make([]piece, 0, len(e.Pieces))
	for _, s := range e.Pieces {
		list = append(list, piece{s.Kind, s.Points, s.End, s.GridEnd})
	}
	return json.Marshal(list)
}

// claimed reads the extent that a claim of the ledger is about, nil where it is of nothing or was lost: all of the
// series is posted again then.
func (p *posting) claimed(ctx context.Context, key string, c store.Claim) (*series.Extent, error) {
	if c.Digest == "" {
		return nil, nil
	}
	noted, err := p.Store.SinkPieces(ctx, p.sink.Name(), p.team, key, c.Digest)
	if err != nil || noted == nil {
		return nil, err
	}
	var list []piece
	if err := json.Unmarshal(noted, &list); err != nil {
		return nil, fmt.Errorf("sink %s: what was noted of %s cannot be read: %w", p.sink.Name(), key, err)
	}
	e := &series.Extent{Step: c.Step, Until: c.Until}
	for _, one := range list {
		e.Pieces = append(e.Pieces, series.Series{Kind: one.Kind, Points: one.Points, End: one.End, GridEnd: one.GridEnd})
	}
	return e, nil
}

// claim says that an extent stands, or may stand, at a sink.
func claim(e *series.Extent) store.Claim {
	for i := range e.Pieces {
		if len(e.Pieces[i].Points) > 0 {
			return store.Claim{Digest: e.Digest(), Step: e.Step, Until: e.Until}
		}
	}
	return store.Claim{}
}

// oldLedger is the account that former versions kept of a sink, all series of a team in one text.
type oldLedger struct {
	oldAccount
	Tried *oldAccount     // what was being posted
	Stray []series.Series // points of earlier tries that were no more
}

type oldAccount struct {
	Until  time.Time
	Step   time.Duration
	Pieces []series.Series
}

// convert takes over the account of a former version, once.
func (p *posting) convert(ctx context.Context) error {
	noted, err := p.Store.OldLedger(ctx, p.sink.Name(), p.team)
	if err != nil || noted == nil {
		return err
	}
	var old oldLedger
	if err := json.Unmarshal(noted, &old); err != nil {
		return fmt.Errorf("sink %s: what was noted of it cannot be read: %w", p.sink.Name(), err)
	}
	entries := map[string]*store.SinkEntry{}
	entry := func(key string) *store.SinkEntry {
		if entries[key] == nil {
			entries[key] = &store.SinkEntry{SinkSeries: store.SinkSeries{Key: key, Through: series.First}, Pieces: map[string][]byte{}}
		}
		return entries[key]
	}
	take := func(a *oldAccount, set func(*store.SinkEntry, store.Claim)) error {
		for key, e := range extents(a.Pieces, a.Step, a.Until) {
			one, c := entry(key), claim(e)
			set(one, c)
			if one.Pieces[c.Digest], err = writePieces(e); err != nil {
				return err
			}
		}
		return nil
	}
	if err := take(&old.oldAccount, func(e *store.SinkEntry, c store.Claim) { e.Taken = c }); err != nil {
		return err
	}
	if old.Tried != nil {
		if err := take(old.Tried, func(e *store.SinkEntry, c store.Claim) { e.Tried = c }); err != nil {
			return err
		}
	}
	for _, s := range old.Stray {
		if n := len(s.Points); n > 0 {
			one := entry(s.Key())
			one.Owed = append(one.Owed, store.Owed{First: s.Points[0].Tick, Last: s.Points[n-1].Tick, Since: old.Until})
		}
	}
	list := make([]store.SinkEntry, 0, len(entries))
	for _, e := range entries {
		list = append(list, *e)
	}
	return p.Store.ConvertLedger(ctx, p.sink.Name(), p.team, list)
}

// extents puts pieces together by series. One without points is left out.
func extents(pieces []series.Series, step time.Duration, until time.Time) map[string]*series.Extent {
	out := map[string]*series.Extent{}
	for i := range pieces {
		if len(pieces[i].Points) == 0 {
			continue
		}
		key := pieces[i].Key()
		if out[key] == nil {
			out[key] = &series.Extent{Step: step, Until: until}
		}
		out[key].Pieces = append(out[key].Pieces, pieces[i])
	}
	return out
}
