package oncall

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"jerem/oncall/roster"
)

// DueNotices returns the messages that are due by a moment and were not sent, in order of their IDs.
func (s *Store) DueNotices(ctx context.Context, by time.Time) ([]roster.Notice, error) {
	tx, err := beginReading(s, ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	var out []roster.Notice
	err = transaction{tx, nil}.each(ctx, `SELECT id, person, kind, change_id, due FROM notice
		WHERE sent IS NULL AND due <= $1 ORDER BY id`, func(scan func(...any) error) error {
		var n roster.Notice
		err := scan(&n.ID, &n.Person, &n.Kind, &n.Change, moment{&n.Due})
		out = append(out, n)
		return err
	}, by.Unix())
	return out, err
}

// MarkSent notes that a message was taken by its receiver's side, so that it is not sent again.
func (s *Store) MarkSent(ctx context.Context, notice int64, at time.Time) error {
	return writeOnce(s, ctx, `UPDATE notice SET sent = $1 WHERE id = $2 AND sent IS NULL`, stamp(at), notice)
}

// LinkKey returns the key that links in messages are signed with. Where there is none yet it becomes the fresh one.
func (s *Store) LinkKey(ctx context.Context, fresh []byte) ([]byte, error) {
	if err := writeOnce(s, ctx, `INSERT INTO meta (name, value) VALUES ('link_key', $1)
		ON CONFLICT (name) DO NOTHING`, hex.EncodeToString(fresh)); err != nil {
		return nil, err
	}
	var text string
	if err := readRow(s, ctx, `SELECT value FROM meta WHERE name = 'link_key'`, &text); err != nil {
		return nil, err
	}
	return hex.DecodeString(text)
}

// RenewLinkKey replaces the key of links: those that were sent before open nothing any more.
func (s *Store) RenewLinkKey(ctx context.Context, fresh []byte) error {
	return writeOnce(s, ctx, `INSERT INTO meta (name, value) VALUES ('link_key', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, hex.EncodeToString(fresh))
}

// KeepCalendarSecret makes a secret, of which the hash is kept alone, the only one of a person's calendar.
func (s *Store) KeepCalendarSecret(ctx context.Context, person, hash string, at time.Time) error {
	return s.inTransaction(ctx, func(tx transaction) error {
		if err := tx.exec(ctx, `UPDATE calendar_secret SET revoked = $1 WHERE person = $2 AND revoked IS NULL`,
			stamp(at),
			person); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO calendar_secret (hash, person, made) VALUES ($1, $2, $3)`, hash, person,
			stamp(at))
	})
}

// RevokeCalendarSecret closes a person's calendar.
func (s *Store) RevokeCalendarSecret(ctx context.Context, person string, at time.Time) error {
	return writeOnce(s, ctx, `UPDATE calendar_secret SET revoked = $1 WHERE person = $2 AND revoked IS NULL`,
		stamp(at), person)
}

// PersonOfCalendar returns whose calendar a secret of that hash opens; "" for nobody's.
func (s *Store) PersonOfCalendar(ctx context.Context, hash string) (person string, err error) {
	err = readRow(s, ctx, `SELECT person FROM calendar_secret WHERE hash = $1 AND revoked IS NULL`, &person, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return person, err
}

// Journal returns the newest lines of the journal, the newest first, so many at most.
func (s *Store) Journal(ctx context.Context, atMost int) ([]roster.Entry, error) {
	tx, err := beginReading(s, ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	var out []roster.Entry
	err = transaction{tx, nil}.each(ctx, `SELECT at, who, what, source, args FROM journal ORDER BY id DESC LIMIT $1`,
		func(scan func(...any) error) error {
			var e roster.Entry
			err := scan(moment{&e.At}, &e.Who, &e.What, &e.Source, &e.Args)
			out = append(out, e)
			return err
		}, atMost)
	return out, err
}
