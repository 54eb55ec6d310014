package oncall

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Calendars keeps which secret opens the calendar of a person: its hash alone, and at most one that is not revoked.
type Calendars struct{ s *Store }

// KeepCalendarSecret makes a secret, of which the hash is kept alone, the only one of a person's calendar.
func (c Calendars) KeepCalendarSecret(ctx context.Context, person, hash string, at time.Time) error {
	return c.s.inTransaction(ctx, func(tx transaction) error {
		if err := tx.exec(ctx, `UPDATE calendar_secret SET revoked = $1 WHERE person = $2 AND revoked IS NULL`,
			unixOf(at), person); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO calendar_secret (hash, person, made) VALUES ($1, $2, $3)`, hash, person,
			unixOf(at))
	})
}

// RevokeCalendarSecret closes a person's calendar.
func (c Calendars) RevokeCalendarSecret(ctx context.Context, person string, at time.Time) error {
	return writeOnce(c.s, ctx, `UPDATE calendar_secret SET revoked = $1 WHERE person = $2 AND revoked IS NULL`,
		unixOf(at), person)
}

// PersonOfCalendar returns whose calendar a secret of that hash opens; "" for nobody's.
func (c Calendars) PersonOfCalendar(ctx context.Context, hash string) (person string, err error) {
	err = readRow(c.s, ctx, `SELECT person FROM calendar_secret WHERE hash = $1 AND revoked IS NULL`, &person, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return person, err
}
