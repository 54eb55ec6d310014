package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// unfit marks an error about a value that is kept: nobody of us wrote it so.
func unfit(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w (%w)", errMismatch, err)
}

// wideParts are compared as far as a team reads them: they hold a row or more for each issue of all teams.
var wideParts = []string{partIssue, partDocument, "issue_project", "link", "worklog", "posted", "cursor",
	"sink_series", "sink_pieces", "sink_owed", "sink_bound", "generation"}

// compareSmall refuses a history of which shared rows or the team's own do not match, or were taken out and not read
// again yet.
func (s *Store) compareSmall(ctx context.Context, tx *sql.Tx, team string) error {
	var missing string
	err := tx.QueryRowContext(ctx, `SELECT part FROM damaged WHERE team IN ('', ?1) ORDER BY part`, team).Scan(&missing)
	if err == nil {
		return fmt.Errorf("%w: those of %s are not read again yet", errMismatch, missing)
	}
	if err != sql.ErrNoRows {
		return err
	}
	found := findings{}
	for _, p := range s.parts {
		if slices.Contains(wideParts, p.name) {
			continue
		}
		if err := found.compare(ctx, tx, p); err != nil {
			return err
		}
	}
	return found.refuse()
}

// refuse returns an error where something was found.
func (f findings) refuse() error {
	if len(f) == 0 {
		return nil
	}
	d := Damage{Rows: map[string]int{}}
	for name, keys := range f {
		d.Rows[name] = len(keys)
	}
	return fmt.Errorf("%w (%v)", errMismatch, d)
}

// compareScope refuses a history of which an issue or its time logged does not match.
func (s *Store) compareScope(ctx context.Context, tx *sql.Tx, state TeamState) error {
	for _, p := range s.parts {
		column := map[string]string{partIssue: "id", "worklog": "issue"}[p.name]
		if column == "" {
			continue
		}
		var differing int
		query := fmt.Sprintf(scopeQuery+`SELECT count(*) FROM "%s" r LEFT JOIN row_sum s ON s.part = '%s' AND s.key = %s
			WHERE r."%s" IN wide AND s.sum IS NOT %s`, p.table, p.name, p.keyOf("r."), column, p.sumOf("r."))
		if err := tx.QueryRowContext(ctx, query, state.ProjectID, state.Name).Scan(&differing); err != nil {
			return err
		}
		if differing > 0 {
			return fmt.Errorf("%w (%d of %s)", errMismatch, differing, p.name)
		}
	}
	return nil
}

// compareTimelines refuses a history of which timelines do not match.
func compareTimelines(ctx context.Context, tx *sql.Tx, scope []any, sums map[int64]*checksum) error {
	differing := 0
	err := rows(ctx, tx, scopeQuery+`SELECT i.id, coalesce(s.sum, 0) FROM issue i
		LEFT JOIN row_sum s ON s.part = 'events' AND s.key = CAST(i.id AS TEXT) WHERE i.id IN wide`, scope, func(scan func(...any) error) error {
		var id, sum int64
		if err := scan(&id, &sum); err != nil {
			return err
		}
		now := int64(0)
		if c := sums[id]; c != nil {
			now = int64(c.crc)
		}
		if now != sum {
			differing++
		}
		return nil
	})
	if err == nil && differing > 0 {
		err = fmt.Errorf("%w (%d of %s)", errMismatch, differing, partEvents)
	}
	return err
}

// compareOnly refuses a store that is only read and holds what does not match: nothing can be mended here.
func (s *Store) compareOnly(ctx context.Context) (err error) {
	if s.parts, err = partsOf(ctx, s.read); err != nil {
		return err
	}
	return s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := s.compare(ctx, tx)
		if err != nil {
			return err
		}
		return found.refuse()
	})
}
