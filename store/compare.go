package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"jerem/store/db"
)

// issueTables are compared as far as a team reads them: they hold a row or more for each issue of all teams. The values
// are their columns that name the issue.
var issueTables = map[string]string{"issue": "id", "timeline": "issue", "worklog": "issue"}

// uncompared are the tables that no history reads.
var uncompared = []string{"document", "issue_project", "link", "posted", "cursor",
	"sink_series", "sink_pieces", "sink_owed", "sink_bound", "generation"}

// compareSmall refuses a history of which shared rows or the team's own do not match, or were taken out and not read
// again yet.
func compareSmall(ctx context.Context, tx *db.Tx, tables []db.Table, team string) error {
	var missing string
	query := `SELECT part FROM damaged WHERE team IN ('', ?1) ORDER BY part`
	err := tx.QueryRow(ctx, query, team).Scan(&missing)
	if err == nil {
		return fmt.Errorf("%w: those of %s are not read again yet", db.ErrMismatch, missing)
	}
	if err != sql.ErrNoRows {
		return err
	}
	found := db.Findings{}
	for _, t := range tables {
		if issueTables[t.Name] != "" || slices.Contains(uncompared, t.Name) {
			continue
		}
		if err := t.Compare(ctx, tx, found); err != nil {
			return err
		}
	}
	return found.Err()
}

// compareScope refuses a history of which an issue, its timelines or its time logged do not match or are gone.
func compareScope(ctx context.Context, tx *db.Tx, tables []db.Table, state TeamState) error {
	for _, t := range tables {
		column := issueTables[t.Name]
		if column == "" {
			continue
		}
		var differing int
		query := fmt.Sprintf(scopeQuery+`SELECT count(*) FROM "%s" r LEFT JOIN row_sum s ON s.part = '%s' AND s.key = %s
			WHERE r."%s" IN wide AND s.sum IS NOT %s`, t.Name, t.Name, t.KeyOf("r."), column, t.SumOf("r."))
		if err := tx.QueryRow(ctx, query, state.ProjectID, state.Name).Scan(&differing); err != nil {
			return err
		}
		if differing > 0 {
			return fmt.Errorf("%w (%d of %s)", db.ErrMismatch, differing, t.Name)
		}
	}
	return nil
}

// compareIssues is compareScope for some issues.
func compareIssues(ctx context.Context, tx *db.Tx, tables []db.Table, ids []int64) error {
	for _, t := range tables {
		column := issueTables[t.Name]
		if column == "" {
			continue
		}
		var differing int
		query := fmt.Sprintf(`SELECT count(*) FROM "%s" r LEFT JOIN row_sum s ON s.part = '%s' AND s.key = %s
			WHERE r."%s" IN `+db.Listed+` AND s.sum IS NOT %s`, t.Name, t.Name, t.KeyOf("r."), column, t.SumOf("r."))
		if err := tx.QueryRow(ctx, query, db.Numbers(ids)).Scan(&differing); err != nil {
			return err
		}
		if differing > 0 {
			return fmt.Errorf("%w (%d of %s)", db.ErrMismatch, differing, t.Name)
		}
	}
	return nil
}
