package metadata

import (
	"context"
	"database/sql"
	"errors"

	"jerem/store/db"
)

// Address returns the address of the Jira of which the store holds what it told; "" where none was noted.
func (s Metadata) Address(ctx context.Context) (address string, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'address'`).Scan(&address)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return address, err
}

// SetAddress notes the address of the Jira.
func (s Metadata) SetAddress(ctx context.Context, address string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO meta (name, value) VALUES ('address', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, address)
		return err
	})
}
