package oncall

import (
	"context"
	"database/sql"
	"errors"
)

// CountWrongAnswer notes a wrong answer by a link, of which the hash is known, and returns how many there were.
func (s *Store) CountWrongAnswer(ctx context.Context, token string) (wrong int, err error) {
	err = s.inTransaction(ctx, func(tx transaction) error {
		if err := tx.exec(ctx, `INSERT INTO link (token, wrong) VALUES ($1, 1)
			ON CONFLICT (token) DO UPDATE SET wrong = link.wrong + 1`, token); err != nil {
			return err
		}
		return tx.tx.QueryRowContext(ctx, `SELECT wrong FROM link WHERE token = $1`, token).Scan(&wrong)
	})
	return wrong, err
}

// WrongAnswers returns how many wrong answers were given by a link.
func (s *Store) WrongAnswers(ctx context.Context, token string) (wrong int, err error) {
	err = readRow(s, ctx, `SELECT wrong FROM link WHERE token = $1`, &wrong, token)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return wrong, err
}
