package oncall

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
)

// Links keeps what links in messages rest on: the key that signs them, and the wrong answers given by each.
type Links struct{ s *Store }

// LinkKey returns the key that links in messages are signed with. Where there is none yet it becomes the fresh one.
func (l Links) LinkKey(ctx context.Context, fresh []byte) ([]byte, error) {
	if err := writeOnce(l.s, ctx, `INSERT INTO meta (name, value) VALUES ('link_key', $1)
		ON CONFLICT (name) DO NOTHING`, hex.EncodeToString(fresh)); err != nil {
		return nil, err
	}
	var text string
	if err := readRow(l.s, ctx, `SELECT value FROM meta WHERE name = 'link_key'`, &text); err != nil {
		return nil, err
	}
	return hex.DecodeString(text)
}

// RenewLinkKey replaces the key of links: those that were sent before open nothing any more.
func (l Links) RenewLinkKey(ctx context.Context, fresh []byte) error {
	return writeOnce(l.s, ctx, `INSERT INTO meta (name, value) VALUES ('link_key', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, hex.EncodeToString(fresh))
}

// CountWrongAnswer notes a wrong answer by a link, of which the hash is known, and returns how many there were.
func (l Links) CountWrongAnswer(ctx context.Context, token string) (wrong int, err error) {
	err = l.s.inTransaction(ctx, func(tx transaction) error {
		if err := tx.exec(ctx, `INSERT INTO link (token, wrong) VALUES ($1, 1)
			ON CONFLICT (token) DO UPDATE SET wrong = link.wrong + 1`, token); err != nil {
			return err
		}
		return tx.tx.QueryRowContext(ctx, `SELECT wrong FROM link WHERE token = $1`, token).Scan(&wrong)
	})
	return wrong, err
}

// WrongAnswers returns how many wrong answers were given by a link.
func (l Links) WrongAnswers(ctx context.Context, token string) (wrong int, err error) {
	err = readRow(l.s, ctx, `SELECT wrong FROM link WHERE token = $1`, &wrong, token)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return wrong, err
}
