package posting

import (
	"context"
	"fmt"

	"jerem/posting/content"
	"jerem/posting/former"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/teams"
)

// This file reads and writes the sink ledger: what stands at a sink of a team, series by series.

// sinkLedger is the ledger of one team at one sink.
type sinkLedger struct {
	store      ledger.Ledger
	sink, team string
	entries    map[string]*ledger.SinkSeries // by key of the series
	fresh      bool                          // it was read: how far the grid was posted since is not known
	remembered map[string]*teams.Line        // by key, series as this process posted them last
	noted      map[ledger.PiecesKey][][]byte // pieces of the series that are compared, as the ledger keeps them
}

// rememberLines keeps series as this process posted them last: what the ledger says of them need not be read.
func (l *sinkLedger) rememberLines(lines []teams.Line) {
	l.remembered = make(map[string]*teams.Line, len(lines))
	for n := range lines {
		l.remembered[lines[n].Key] = &lines[n]
	}
}

// readNoted reads the pieces of a set of claims in one question, for parseClaimed: those that are not remembered.
func (l *sinkLedger) readNoted(ctx context.Context, claims []seriesClaim) (err error) {
	var keys []string
	for _, c := range claims {
		if known := l.remembered[c.key]; c.Digest != "" && (known == nil || known.Digest != c.Digest) {
			keys = append(keys, c.key)
		}
	}
	l.noted = nil
	if len(keys) > 0 {
		l.noted, err = l.store.Pieces(ctx, l.sink, l.team, keys)
	}
	return err
}

// seriesClaim is a claim of a series.
type seriesClaim struct {
	key string
	ledger.Claim
}

// parseClaimed returns the extent that a claim of the ledger is about, nil where it is of nothing or was lost: all of
// the series is posted again then. Its pieces are remembered, or were read by readNoted.
func (l *sinkLedger) parseClaimed(key string, c ledger.Claim) (*series.Extent, error) {
	if c.Digest == "" {
		return nil, nil
	}
	if known, ok := l.remembered[key]; ok && known.Digest == c.Digest {
		return &series.Extent{Pieces: known.Pieces, Step: c.Step, Until: c.Until}, nil
	}
	noted := l.noted[ledger.PiecesKey{Series: key, Digest: c.Digest}]
	if noted == nil {
		return nil, nil
	}
	pieces, err := content.Parse(noted)
	if err != nil {
		return nil, fmt.Errorf("sink %s: what was noted of %s cannot be read: %w", l.sink, key, err)
	}
	return &series.Extent{Pieces: pieces, Step: c.Step, Until: c.Until}, nil
}

// convertFormerAccount takes over the account of a former version, once.
func (l *sinkLedger) convertFormerAccount(ctx context.Context) error {
	noted, err := l.store.FormerText(ctx, l.sink, l.team)
	if err != nil || noted == nil {
		return err
	}
	entries, err := former.Entries(noted)
	if err != nil {
		return fmt.Errorf("sink %s: what was noted of it cannot be read: %w", l.sink, err)
	}
	return l.store.ReplaceFormerText(ctx, l.sink, l.team, entries)
}

// recallEntries takes the ledger as it is remembered, nil for not at all, or reads it. Where a grid alone went on by a
// few points, the cursor alone was written: what was taken reaches to it.
func (l *sinkLedger) recallEntries(ctx context.Context, remembered map[string]*ledger.SinkSeries) error {
	l.entries, l.fresh = remembered, remembered == nil
	if !l.fresh {
		return nil
	}
	if err := l.convertFormerAccount(ctx); err != nil {
		return err
	}
	cursor, _, err := l.store.Cursor(ctx, l.sink, l.team)
	if err != nil {
		return err
	}
	if l.entries, err = l.store.Series(ctx, l.sink, l.team); err != nil {
		return err
	}
	for _, entry := range l.entries {
		if entry.Tried.Digest == "" && entry.Taken.Digest != "" && cursor.After(entry.Taken.Until) {
			entry.Taken.Until = cursor
		}
	}
	return nil
}

// rememberEntry keeps an entry as it was written. One that says nothing leaves the ledger.
func (l *sinkLedger) rememberEntry(entry *ledger.SinkSeries) {
	if entry.Taken.Digest+entry.Tried.Digest == "" && len(entry.Pending) == 0 {
		delete(l.entries, entry.Key)
		return
	}
	l.entries[entry.Key] = entry
}

// countPending counts the series of which points are still to be deleted.
func (l *sinkLedger) countPending() (n int) {
	for _, entry := range l.entries {
		if len(entry.Pending) > 0 {
			n++
		}
	}
	return n
}
