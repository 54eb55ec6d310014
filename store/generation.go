package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// A generation is a number of each team that is raised in the transaction that changes anything History returns of it,
// but Until, and when the settings change by which its figures are computed: see TeamState. It rests while a reading
// finds nothing new and while readings fail, and it never goes back. What was computed under a generation is still
// right under the same one.
//
// Its value is the version of the store that the raising transaction leaves behind. A generation that was damaged and
// taken out is therefore set higher than any that was ever seen.
//
// Beside it stand the values at which it was raised for another reason than the content of issues (rest), at which an
// issue may have left the team (scope), and at which the last complete reading ended (complete): see Teams.Refresh. The
// content of an issue has such a value too (issue.changed).

// Generations returns the generations of all teams by name; a team that was never read has none.
func (s Teams) Generations(ctx context.Context) (map[string]int64, error) {
	var all map[string]int64
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		all = map[string]int64{}
		query := `SELECT team, value FROM generation`
		return tx.Each(ctx, query, nil, func(scan db.Scan) error {
			var team string
			var value int64
			err := scan(&team, &value)
			all[team] = value
			return err
		})
	})
	return all, err
}

// Generation returns the generation of one team, 0 for one that was never read.
func (s Teams) Generation(ctx context.Context, team string) (value int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT value FROM generation WHERE team = $1`, team).Scan(&value)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return value, err
}

// LastReading returns the generation of a team and Jira's clock at its last complete reading, from one snapshot. Both
// are zero for a team that was never read; History tells why.
func (s Teams) LastReading(ctx context.Context, team string) (generation int64, until time.Time, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var at int64
		err := tx.QueryRow(ctx, `SELECT t.until, coalesce(g.value, 0) FROM team t
			LEFT JOIN generation g ON g.team = t.name WHERE t.name = $1`, team).Scan(&at, &generation)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		until = encoding.FromMicros(at)
		return err
	})
	return generation, until, err
}
