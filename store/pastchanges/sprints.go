package pastchanges

import (
	"context"
	"time"

	"jerem/agile"
	"jerem/store/db"
)

// NoteSprintsLeft notes which sprints of a team that had begun are its own no more, by id with their last versions,
// as a reading found.
func NoteSprintsLeft(ctx context.Context, tx *db.Tx, team string, found time.Time,
	gone map[int64]agile.SprintVersion,
) error {
	var rows []row
	for id, v := range gone {
		if v.Started() {
			rows = append(rows, row{team, agile.SprintLeft, id, body{Name: v.Name, Sprint: encodeVersion(v)}})
		}
	}
	return insertRows(ctx, tx, found, rows)
}

// ForgetReturnedSprints forgets that sprints of a team are gone that are its own again.
func ForgetReturnedSprints(ctx context.Context, tx *db.Tx, team string, ids []int64) error {
	const which = ` FROM past_change WHERE id IN ` + db.Listed + ` AND kind = $2 AND team = $3`
	return deleteChanges(ctx, tx, which, db.Numbers(ids), string(agile.SprintLeft), team)
}
