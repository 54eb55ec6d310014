package posting

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jerem/posting/content"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/teams"
)

// This file takes over the ledger of former versions.

// oldLedger is the account that former versions kept of a sink, all series of a team in one text.
type oldLedger struct {
	oldAccount                 // what was taken; its fields stand beside the others in the text
	Tried      *oldAccount     // what was being posted
	Stray      []series.Series // points of earlier tries that were no more
}

type oldAccount struct {
	Until  time.Time
	Step   time.Duration
	Pieces []series.Series
}

// convertFormerAccount takes over the account of a former version, once.
func (l *sinkLedger) convertFormerAccount(ctx context.Context) error {
	noted, err := l.store.FormerText(ctx, l.sink, l.team)
	if err != nil || noted == nil {
		return err
	}
	var old oldLedger
	if err := json.Unmarshal(noted, &old); err != nil {
		return fmt.Errorf("sink %s: what was noted of it cannot be read: %w", l.sink, err)
	}
	entries := convertedEntries{}
	for key, s := range old.seriesByKey() {
		entries.addClaim(key, s, func(e *ledger.SinkEntry) *ledger.Claim { return &e.Taken })
	}
	if old.Tried != nil {
		for key, s := range old.Tried.seriesByKey() {
			entries.addClaim(key, s, func(e *ledger.SinkEntry) *ledger.Claim { return &e.Tried })
		}
	}
	for _, s := range old.Stray {
		if n := len(s.Points); n > 0 {
			e := entries.entryOf(s.Key())
			e.Pending = append(e.Pending, ledger.PendingDeletion{First: s.Points[0].Tick, Last: s.Points[n-1].Tick,
				Since: old.Until})
		}
	}
	list := make([]ledger.SinkEntry, 0, len(entries))
	for _, e := range entries {
		list = append(list, *e)
	}
	return l.store.ReplaceFormerText(ctx, l.sink, l.team, list)
}

// seriesByKey are those of an account, by key.
func (a *oldAccount) seriesByKey() map[string]computedSeries {
	out := map[string]computedSeries{}
	for _, line := range teams.LinesOf(a.Pieces) {
		out[line.Key] = computedSeries{&series.Extent{Pieces: line.Pieces, Step: a.Step, Until: a.Until}, line.Digest}
	}
	return out
}

// convertedEntries are entries of the ledger, by key of their series.
type convertedEntries map[string]*ledger.SinkEntry

func (c convertedEntries) entryOf(key string) *ledger.SinkEntry {
	if c[key] == nil {
		c[key] = &ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: key, Through: series.First},
			Pieces: map[string]ledger.Content{}}
	}
	return c[key]
}

// addClaim puts a series into the claim of its entry that which returns.
func (c convertedEntries) addClaim(key string, s computedSeries, which func(*ledger.SinkEntry) *ledger.Claim) {
	e := c.entryOf(key)
	*which(e) = s.makeClaim()
	e.Pieces[s.digest] = content.Of(s.Extent)
}
