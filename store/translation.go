package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
)

// Translation returns by which translation the timelines were derived from what is kept; 0 where nobody told.
func (s *Store) Translation(ctx context.Context) (version int, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var text string
		err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'translation'`).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		version, _ = strconv.Atoi(text)
		return err
	})
	return version, err
}

// SetTranslation notes by which translation the timelines were derived.
func (s *Store) SetTranslation(ctx context.Context, version int) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta VALUES ('translation', ?1)`, strconv.Itoa(version))
		return err
	})
}
