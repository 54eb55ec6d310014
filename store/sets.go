package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"time"

	"jerem/agile"
)

// SetZone keeps the time zone of the account that reads.
func (s *Store) SetZone(ctx context.Context, zone string) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var old string
		if err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&old); err != nil || old == zone {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE meta SET value = ?1 WHERE name = 'zone'`, zone); err != nil {
			return err
		}
		return raiseAllTeams(ctx, tx)
	})
}

// PutFields keeps the fields of the site in place of those known; the names that they had stay known.
func (s *Store) PutFields(ctx context.Context, fields []agile.Field) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var old agile.History
		if err := readFields(ctx, tx, &old); err != nil {
			return err
		}
		now := map[string]agile.Field{}
		for _, f := range fields {
			now[f.ID] = agile.Field{ID: f.ID, Name: f.Name, Number: f.Number, Option: f.Option}
		}
		if !maps.Equal(old.Fields, now) {
			if err := raiseAllTeams(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM field`); err != nil {
			return err
		}
		for _, f := range fields {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO field VALUES (?1, ?2, ?3, ?4)`, f.ID, f.Name, f.Number, f.Option); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO field_name VALUES (?1, ?2)`, f.ID, f.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// FieldNames returns the names that each field ever had.
func (s *Store) FieldNames(ctx context.Context) (names map[string][]string, err error) {
	names = map[string][]string{}
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, name FROM field_name ORDER BY id, name`, nil, func(scan func(...any) error) error {
			var id, name string
			err := scan(&id, &name)
			names[id] = append(names[id], name)
			return err
		})
	})
	return names, err
}

// PutTypes keeps issue types; those that are no longer listed stay. It tells whether one is new, or
// another than before: types have no history, so that concerns the whole past.
func (s *Store) PutTypes(ctx context.Context, types []agile.Type) (changed bool, err error) {
	err = s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, t := range types {
			var name string
			var level int
			err := tx.QueryRowContext(ctx, `SELECT name, level FROM type WHERE id = ?1`, t.ID).Scan(&name, &level)
			if err != nil && err != sql.ErrNoRows {
				return err
			}
			changed = changed || err != nil || name != t.Name || level != t.Level
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO type VALUES (?1, ?2, ?3)`, t.ID, t.Name, t.Level); err != nil {
				return err
			}
		}
		if changed {
			return raiseAllTeams(ctx, tx)
		}
		return nil
	})
	return changed, err
}

// PutStatuses keeps statuses as listed; one that is no longer listed keeps its last category, and
// every name that one ever had stays known. It tells whether one is new, or has another name or
// category than before: that concerns the whole past.
func (s *Store) PutStatuses(ctx context.Context, statuses []agile.Status) (changed bool, err error) {
	err = s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, st := range statuses {
			var name, category string
			err := tx.QueryRowContext(ctx, `SELECT name, category FROM status WHERE id = ?1`, st.ID).Scan(&name, &category)
			if err != nil && err != sql.ErrNoRows {
				return err
			}
			changed = changed || err != nil || name != st.Name || category != string(st.Category)
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO status VALUES (?1, ?2, ?3)`, st.ID, st.Name, string(st.Category)); err != nil {
				return err
			}
			for _, name := range append([]string{st.Name}, st.Names...) {
				if err := putStatusName(ctx, tx, st.ID, name); err != nil {
					return err
				}
			}
		}
		if changed {
			return raiseAllTeams(ctx, tx)
		}
		return nil
	})
	return changed, err
}

// StatusName is a name that a status has or had.
type StatusName struct{ ID, Name string }

// PutStatusNames keeps names that only histories tell.
func (s *Store) PutStatusNames(ctx context.Context, names []StatusName) error {
	if len(names) == 0 {
		return nil
	}
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		seen := map[StatusName]bool{}
		for _, n := range names {
			if seen[n] {
				continue
			}
			seen[n] = true
			added, err := tx.ExecContext(ctx, `INSERT INTO status VALUES (?1, ?2, '') ON CONFLICT DO NOTHING`, n.ID, n.Name)
			if err := raiseAllIfAny(ctx, tx, added, err); err != nil {
				return err
			}
			if err := putStatusName(ctx, tx, n.ID, n.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

func putStatusName(ctx context.Context, tx *sql.Tx, id, name string) error {
	added, err := tx.ExecContext(ctx, `INSERT INTO status_name VALUES (?1, ?2) ON CONFLICT DO NOTHING`, id, name)
	return raiseAllIfAny(ctx, tx, added, err)
}

// PutBoard keeps a board as it is now; boards have no history. It tells whether that changed what
// figures are made of: columns or estimate.
func (s *Store) PutBoard(ctx context.Context, b agile.Board) (changed bool, err error) {
	columns, err := json.Marshal(b.Columns)
	if err != nil {
		return false, err
	}
	err = s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var name, kind, estimate, old string
		err := tx.QueryRowContext(ctx, `SELECT name, kind, estimate, columns FROM board WHERE id = ?1`, b.ID).Scan(&name, &kind, &estimate, &old)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		changed = kind != string(b.Kind) || estimate != b.Estimate || old != string(columns)
		_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO board VALUES (?1, ?2, ?3, ?4, ?5)`, b.ID, b.Name, string(b.Kind), b.Estimate, string(columns))
		if err != nil || !changed && name == b.Name {
			return err
		}
		return raiseTeamsOfBoard(ctx, tx, b.ID)
	})
	return changed, err
}

// SprintSeen is a sprint as a reading saw it.
type SprintSeen struct {
	ID, OriginBoard int64
	agile.SprintVersion
}

func putSprint(ctx context.Context, tx *sql.Tx, seen time.Time, sp SprintSeen, listed bool, c *Changes) error {
	old, had, err := lastVersion(ctx, tx, sp.ID)
	if err != nil {
		return err
	}
	if had && sameVersion(old, sp.SprintVersion) {
		if !listed && !sp.Start.IsZero() {
			c.touch(micros(sp.Start)) // known by another board, and new to this one
		}
		return nil
	}
	for _, v := range []agile.SprintVersion{old, sp.SprintVersion} {
		if !v.Start.IsZero() {
			c.touch(micros(v.Start))
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO sprint VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`, sp.ID, micros(seen), sp.OriginBoard,
		sp.Name, sp.Goal, string(sp.State), micros(sp.Start), micros(sp.End), micros(sp.Complete))
	if err != nil {
		return err
	}
	return raiseTeamsOfSprint(ctx, tx, sp.ID)
}

// sameVersion compares what a version says, not when it was seen.
func sameVersion(a, b agile.SprintVersion) bool {
	return a.Name == b.Name && a.Goal == b.Goal && a.State == b.State && micros(a.Start) == micros(b.Start) &&
		micros(a.End) == micros(b.End) && micros(a.Complete) == micros(b.Complete)
}

func lastVersion(ctx context.Context, tx *sql.Tx, id int64) (v agile.SprintVersion, had bool, err error) {
	err = rows(ctx, tx, sprintVersions+` WHERE id = ?1 ORDER BY seen DESC LIMIT 1`, []any{id}, func(scan func(...any) error) error {
		had = true
		_, _, v, err = scanVersion(scan)
		return err
	})
	return v, had, err
}

const sprintVersions = `SELECT id, seen, origin, name, goal, state, start, planned, complete FROM sprint`

func scanVersion(scan func(...any) error) (id, origin int64, v agile.SprintVersion, err error) {
	var seen, start, end, complete int64
	var state string
	err = scan(&id, &seen, &origin, &v.Name, &v.Goal, &state, &start, &end, &complete)
	v.State = agile.SprintState(state)
	v.Seen, v.Start, v.End, v.Complete = fromMicros(seen), fromMicros(start), fromMicros(end), fromMicros(complete)
	return id, origin, v, err
}
