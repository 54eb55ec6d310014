package pastchanges

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
)

// NoteMatches notes which issues match the unchanged filter of a team no more, and which do that did not at the reading
// before. One that was not created then had no past to count. One that goes back to what it was is noted no more.
func NoteMatches(ctx context.Context, tx *db.Tx, team string, before, found time.Time, left, came []int64) error {
	left, err := withoutNoted(ctx, tx, team, agile.IssueCame, left)
	if err != nil {
		return err
	}
	if err := noteIssues(ctx, tx, team, agile.IssueLeft, found, left, found); err != nil {
		return err
	}
	came, err = withoutNoted(ctx, tx, team, agile.IssueLeft, came)
	if err != nil {
		return err
	}
	return noteIssues(ctx, tx, team, agile.IssueCame, found, came, before)
}

// withoutNoted forgets a kind of changes of issues, and returns those of which none was noted.
func withoutNoted(
	ctx context.Context,
	tx *db.Tx,
	team string,
	kind agile.PastChangeKind,
	ids []int64,
) ([]int64, error) {
	noted := map[int64]bool{}
	const which = ` FROM past_change WHERE id IN ` + db.Listed + ` AND kind = $2 AND team = $3`
	args := []any{db.Numbers(ids), string(kind), team}
	err := tx.Each(ctx, `SELECT id`+which, args, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		noted[id] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := deleteChanges(ctx, tx, which, args...); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return noted[id] }), nil
}

// noteIssues notes a change of issues that are kept and were created by a moment.
func noteIssues(ctx context.Context, tx *db.Tx, team string, kind agile.PastChangeKind, found time.Time, ids []int64,
	created time.Time,
) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []row
	const query = `SELECT i.id, t.events FROM issue i JOIN timeline t ON t.issue = i.id WHERE i.id IN ` + db.Listed +
		` AND i.created <= $2 ORDER BY i.id`
	args := []any{db.Numbers(ids), encoding.Micros(created)}
	err := tx.Each(ctx, query, args, func(scan db.Scan) error {
		var id int64
		var events string
		if err := scan(&id, &events); err != nil {
			return err
		}
		_, name, err := eventsOfDeleted(events)
		rows = append(rows, row{team, kind, id, body{Name: name}})
		return db.Unfit(err)
	})
	if err != nil {
		return err
	}
	return insertRows(ctx, tx, found, rows)
}
