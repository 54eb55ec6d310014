package store

import (
	"context"
	"time"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/encoding"
)

// Reading is how far a team was read, and what its readings fail by.
type Reading struct {
	Until  time.Time // Jira's clock at the last complete read; zero before
	Behind time.Time // since when its readings fail; zero while they do not
	Why    string    // as of [TeamState]
}

// Readings returns how far each team was read, by name, in one statement; a team that no reading was begun of is not
// among them.
func (s Teams) Readings(ctx context.Context) (map[string]Reading, error) {
	all := map[string]Reading{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT name, until, behind, why FROM team`, nil, func(scan db.Scan) error {
			var name, why string
			var until, behind int64
			err := scan(&name, &until, &behind, &why)
			r := Reading{encoding.FromMicros(until), encoding.FromMicros(behind), why}
			addUnwritten(s.db, r.Until, &r.Behind, &r.Why)
			all[name] = r
			return err
		})
	})
	return all, err
}

// addUnwritten adds to what is kept of a team's reading what cannot be noted in the store: a reading that could not be
// kept.
func addUnwritten(database db.Database, until time.Time, behind *time.Time, why *string) {
	failed := database.Unwritten()
	if failed == nil {
		return
	}
	if behind.IsZero() {
		*behind = until // nothing was kept since
	}
	*why = problem.List{problem.From(failed, "")}.Encode()
}
