package pastchanges

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// NoteWorklogs notes time logged that is gone or that was another one, as a reading found: each as it was, and where it
// was corrected as it is too. Every team whose history holds the issue tells it.
func NoteWorklogs(ctx context.Context, tx *db.Tx, found time.Time, logs []agile.Worklog) error {
	byIssue := map[int64][]log{}
	for _, l := range logs {
		one := log{l.ID, encoding.Micros(l.Created), encoding.Micros(l.Started)}
		if !slices.Contains(byIssue[l.Issue], one) {
			byIssue[l.Issue] = append(byIssue[l.Issue], one)
		}
	}
	if len(byIssue) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(byIssue))
	names, err := namesOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	var rows []row
	err = eachTeamOfIssues(ctx, tx, ids, func(h holding) error {
		b := body{Name: names[h.issue], Worklogs: byIssue[h.issue]}
		rows = append(rows, row{h.team, agile.TimeCorrected, h.issue, b})
		return nil
	})
	if err != nil {
		return err
	}
	teams := make([]string, len(rows))
	for n, r := range rows {
		teams[n] = r.team
	}
	if err := insertRows(ctx, tx, found, rows); err != nil {
		return err
	}
	return generation.RaiseTeamsNamed(ctx, tx, generation.ByRest, teams)
}

// namesOf returns the last keys of issues.
func namesOf(ctx context.Context, tx *db.Tx, ids []int64) (map[int64]string, error) {
	names := map[int64]string{}
	const query = `SELECT issue, events FROM timeline WHERE issue IN ` + db.Listed
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var id int64
		var events string
		if err := scan(&id, &events); err != nil {
			return err
		}
		_, name, err := eventsOfDeleted(events)
		names[id] = name
		return db.Unfit(err)
	})
	return names, err
}
