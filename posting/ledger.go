package posting

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
func (p *push) claimed(ctx context.Context, key string, c store.Claim) (*series.Extent, error) {
	if c.Digest == "" {
		return nil, nil
	}
	noted, err := p.poster.Store.Ledger.Pieces(ctx, p.sink, p.team, key, c.Digest)
	if err != nil || noted == nil {
		return nil, err
	}
	var list []piece
	if err := json.Unmarshal(noted, &list); err != nil {
		return nil, fmt.Errorf("sink %s: what was noted of %s cannot be read: %w", p.sink, key, err)
	}
	e := &series.Extent{Step: c.Step, Until: c.Until}
	for _, one := range list {
		e.Pieces = append(e.Pieces, series.Series{Kind: one.Kind, Points: one.Points, End: one.End, GridEnd: one.GridEnd})
	}
	return e, nil
}

// recallLedger takes the ledger of the team at the sink as it is remembered, or reads it. Where a grid alone went on
// by a few points, the cursor alone was written: what was taken reaches to it.
func (p *push) recallLedger(ctx context.Context, remembered map[string]*store.SinkSeries) error {
	p.known, p.fresh = remembered, remembered == nil
	if !p.fresh {
		return nil
	}
	if err := p.convert(ctx); err != nil {
		return err
	}
	known, err := p.poster.Store.Ledger.Series(ctx, p.sink, p.team)
	if err != nil {
		return err
	}
	cursor, _, err := p.poster.Store.Ledger.Cursor(ctx, p.sink, p.team)
	for _, entry := range known {
		if entry.Tried.Digest == "" && entry.Taken.Digest != "" && cursor.After(entry.Taken.Until) {
			entry.Taken.Until = cursor
		}
	}
	p.known = known
	return err
}

// remember keeps an entry as it was written. One that says nothing leaves the ledger.
func (p *push) remember(entry *store.SinkSeries) {
	if entry.Taken.Digest+entry.Tried.Digest == "" && len(entry.Pending) == 0 {
		delete(p.known, entry.Key)
		return
	}
	p.known[entry.Key] = entry
}

// pending tells whether points are still to be deleted.
func (p *push) pending() bool {
	for _, entry := range p.known {
		if len(entry.Pending) > 0 {
			return true
		}
	}
	return false
}
