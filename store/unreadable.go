package store

import (
	"context"
	"database/sql"
	"strings"

	"jerem/agile"
)

// Unreadable is an issue that Jira sent and that could not be read. It is asked for again with each reading.
type Unreadable struct {
	ID  int64
	Key string
	Why string
}

// SetUnreadable notes issues that could not be read, and forgets the notes of those that are gone. A note goes
// too when its issue is read: see PutIssues.
func (s *Store) SetUnreadable(ctx context.Context, gone []int64, broken []Unreadable) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range gone {
			if err := readable(ctx, tx, id); err != nil {
				return err
			}
		}
		for _, b := range broken {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO unreadable VALUES (?1, ?2, ?3)`, b.ID, b.Key, b.Why); err != nil {
				return err
			}
		}
		return nil
	})
}

func readable(ctx context.Context, tx *sql.Tx, id int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM unreadable WHERE issue = ?1`, id)
	return err
}

// Unreadable lists the issues that could not be read the last time, by id.
func (s *Store) Unreadable(ctx context.Context) (out []Unreadable, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		out, err = unreadable(ctx, tx)
		return err
	})
	return out, err
}

func unreadable(ctx context.Context, tx *sql.Tx) (out []Unreadable, err error) {
	err = rows(ctx, tx, `SELECT issue, key, why FROM unreadable ORDER BY issue`, nil, func(scan func(...any) error) error {
		var u Unreadable
		err := scan(&u.ID, &u.Key, &u.Why)
		out = append(out, u)
		return err
	})
	return out, err
}

// readUnreadable tells the team's issues by their key: nothing else of them is known.
func readUnreadable(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	list, err := unreadable(ctx, tx)
	for _, u := range list {
		if strings.HasPrefix(u.Key, state.Project+"-") {
			h.Unreadable = append(h.Unreadable, u.Key)
		}
	}
	return err
}
