package former

import (
	"encoding/json"
	"time"

	"jerem/posting/content"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/teams"
)

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

// Entries makes entries of the ledger out of what a former version noted of a sink.
func Entries(noted []byte) ([]ledger.SinkEntry, error) {
	var old oldLedger
	if err := json.Unmarshal(noted, &old); err != nil {
		return nil, err
	}
	entries := convertedEntries{}
	entries.addClaims(&old.oldAccount, func(e *ledger.SinkEntry) *ledger.Claim { return &e.Taken })
	if old.Tried != nil {
		entries.addClaims(old.Tried, func(e *ledger.SinkEntry) *ledger.Claim { return &e.Tried })
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
	return list, nil
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

// addClaims puts the series of an account into the claims of their entries that which returns.
func (c convertedEntries) addClaims(a *oldAccount, which func(*ledger.SinkEntry) *ledger.Claim) {
	for _, line := range teams.LinesOf(a.Pieces) {
		e := c.entryOf(line.Key)
		*which(e) = ledger.Claim{Digest: line.Digest, Step: a.Step, Until: a.Until}
		e.Pieces[line.Digest] = content.Of(&series.Extent{Pieces: line.Pieces, Step: a.Step, Until: a.Until})
	}
}
