package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"jerem/agile"
)

// Board returns a board as it is kept; nil for one that is not.
func (s *Store) Board(ctx context.Context, id int64) (board *agile.Board, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		b := &agile.Board{ID: id}
		var kind, columns string
		err := tx.QueryRowContext(ctx, `SELECT name, kind, estimate, columns FROM board WHERE id = ?1`, id).Scan(&b.Name, &kind, &b.Estimate, &columns)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		board, b.Kind = b, agile.BoardKind(kind)
		return json.Unmarshal([]byte(columns), &b.Columns)
	})
	return board, err
}

// Statuses returns the statuses that are kept, by id, without the names that they had.
func (s *Store) Statuses(ctx context.Context) (map[string]agile.Status, error) {
	known := map[string]agile.Status{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, name, category FROM status`, nil, func(scan func(...any) error) error {
			var st agile.Status
			var category string
			err := scan(&st.ID, &st.Name, &category)
			st.Category = agile.Category(category)
			known[st.ID] = st
			return err
		})
	})
	return known, err
}

// Types returns the issue types that are kept, by id.
func (s *Store) Types(ctx context.Context) (map[string]agile.Type, error) {
	known := map[string]agile.Type{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, name, level FROM type`, nil, func(scan func(...any) error) error {
			var t agile.Type
			err := scan(&t.ID, &t.Name, &t.Level)
			known[t.ID] = t
			return err
		})
	})
	return known, err
}

// Zone returns the time zone that is kept of the account that reads.
func (s *Store) Zone(ctx context.Context) (zone string, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
	})
	return zone, err
}
