package checksums

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"jerem/store/db"
)

// issueTables are compared as far as a team reads them: they hold a row or more for each issue of all teams. The values
// are their columns that name the issue.
var issueTables = map[string]string{"issue": "id", "timeline": "issue", "worklog": "issue"}

// uncompared are the tables that no history reads.
var uncompared = []string{"document", "issue_project", "link", "epic_link", "epic_key", "posted", "cursor",
	"sink_series", "sink_pieces", "sink_part", "sink_owed", "sink_bound", "generation", "view_row", "digest"}

// CompareShared refuses a history of which shared rows or the team's own do not match, or were taken out and not read
// again yet. Rows of other teams are not looked at.
func CompareShared(ctx context.Context, tx *db.Tx, tables []db.Table, team string) error {
	return compareParts(ctx, tx, partsOf(tables, false), team)
}

// CompareState is CompareShared for a history that is known but for its issues and the state of the team.
func CompareState(ctx context.Context, tx *db.Tx, tables []db.Table, team string) error {
	return compareParts(ctx, tx, partsOf(tables, true), team)
}

func compareParts(ctx context.Context, tx *db.Tx, parts []db.TablePart, team string) error {
	var missing string
	query := `SELECT part FROM damaged WHERE team IN ('', $1) ORDER BY part`
	err := tx.QueryRow(ctx, query, team).Scan(&missing)
	if err == nil {
		return fmt.Errorf("%w: those of %s are not read again yet", db.ErrMismatch, missing)
	}
	if err != sql.ErrNoRows {
		return err
	}
	found, err := db.CompareParts(ctx, tx, parts, team)
	if err != nil {
		return err
	}
	return found.Err()
}

// MatchingSQL is the SQL that tells whether rows match their checksums: of some tables, by the names that they
// have in a statement, each with a dot. It is true where tables have none.
func MatchingSQL(tables []db.Table, names map[string]string) string {
	terms := []string{`1 = 1`}
	for _, t := range tables {
		if name := names[t.Name]; name != "" {
			terms = append(terms, fmt.Sprintf(`(SELECT s.sum FROM row_sum s WHERE s.part = '%s' AND s.key = %s) IS %s`,
				t.Name, t.KeyOf(name), t.SumOf(name)))
		}
	}
	return `(` + strings.Join(terms, ` AND `) + `)`
}

// CompareIssues tells what does not match, or is missing, of some issues, of which something does not.
func CompareIssues(ctx context.Context, tx *db.Tx, tables []db.Table, ids string) error {
	for _, t := range tables {
		column := issueTables[t.Name]
		if column == "" {
			continue
		}
		var unfit int
		query := fmt.Sprintf(`SELECT count(*) FROM "%s" r WHERE r."%s" IN `+db.Listed+` AND NOT `, t.Name, column) +
			MatchingSQL(tables, map[string]string{t.Name: "r."})
		if err := tx.QueryRow(ctx, query, ids).Scan(&unfit); err != nil {
			return err
		}
		if unfit > 0 {
			return fmt.Errorf("%w (%d of %s)", db.ErrMismatch, unfit, t.Name)
		}
	}
	return fmt.Errorf("%w (1 of timeline)", db.ErrMismatch)
}
