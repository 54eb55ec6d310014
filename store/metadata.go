package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"

	"jerem/agile"
	"jerem/store/db"
)

// Metadata keeps what all teams of a site share: its fields, issue types, statuses, boards, and the zone of the
// account.
type Metadata struct{ db db.Database }

// SetZone keeps the time zone of the account that reads.
func (s Metadata) SetZone(ctx context.Context, zone string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var old string
		if err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&old); err != nil || old == zone {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE meta SET value = ?1 WHERE name = 'zone'`, zone); err != nil {
			return err
		}
		return raiseAllTeams(ctx, tx)
	})
}

// PutFields keeps the fields of the site in place of those known; the names that they had stay known.
func (s Metadata) PutFields(ctx context.Context, fields []agile.Field) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
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
		if _, err := tx.Exec(ctx, `DELETE FROM field`); err != nil {
			return err
		}
		for _, f := range fields {
			if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO field VALUES (?1, ?2, ?3, ?4)`, f.ID, f.Name, f.Number,
				f.Option); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT OR IGNORE INTO field_name VALUES (?1, ?2)`, f.ID, f.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// FieldNames returns the names that each field ever had.
func (s Metadata) FieldNames(ctx context.Context) (names map[string][]string, err error) {
	names = map[string][]string{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, name FROM field_name ORDER BY id, name`, nil, func(scan db.Scan) error {
			var id, name string
			err := scan(&id, &name)
			names[id] = append(names[id], name)
			return err
		})
	})
	return names, err
}

// PutTypes keeps issue types; those that are no longer listed stay. One that is new or
// another than before raises the generation of all teams: types have no history, so that concerns the whole past.
func (s Metadata) PutTypes(ctx context.Context, types []agile.Type) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		changed := false
		for _, t := range types {
			var name string
			var level int
			err := tx.QueryRow(ctx, `SELECT name, level FROM type WHERE id = ?1`, t.ID).Scan(&name, &level)
			if err != nil && err != sql.ErrNoRows {
				return err
			}
			changed = changed || err != nil || name != t.Name || level != t.Level
			if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO type VALUES (?1, ?2, ?3)`, t.ID, t.Name,
				t.Level); err != nil {
				return err
			}
		}
		if changed {
			return raiseAllTeams(ctx, tx)
		}
		return nil
	})
}

// PutStatuses keeps statuses as listed; one that is no longer listed keeps its last category, and
// every name that one ever had stays known. One that is new, or has another name or
// category than before, raises the generation of all teams: that concerns the whole past.
func (s Metadata) PutStatuses(ctx context.Context, statuses []agile.Status) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		changed := false
		for _, st := range statuses {
			var name, category string
			err := tx.QueryRow(ctx, `SELECT name, category FROM status WHERE id = ?1`, st.ID).Scan(&name, &category)
			if err != nil && err != sql.ErrNoRows {
				return err
			}
			changed = changed || err != nil || name != st.Name || category != string(st.Category)
			if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO status VALUES (?1, ?2, ?3)`, st.ID, st.Name,
				string(st.Category)); err != nil {
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
}

// StatusName is a name that a status has or had.
type StatusName struct{ ID, Name string }

// PutStatusNames keeps names that only histories tell.
func (s Metadata) PutStatusNames(ctx context.Context, names []StatusName) error {
	if len(names) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		seen := map[StatusName]bool{}
		for _, n := range names {
			if seen[n] {
				continue
			}
			seen[n] = true
			added, err := tx.Exec(ctx, `INSERT INTO status VALUES (?1, ?2, '') ON CONFLICT DO NOTHING`, n.ID, n.Name)
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

func putStatusName(ctx context.Context, tx *db.Tx, id, name string) error {
	added, err := tx.Exec(ctx, `INSERT INTO status_name VALUES (?1, ?2) ON CONFLICT DO NOTHING`, id, name)
	return raiseAllIfAny(ctx, tx, added, err)
}

// PutBoard keeps a board as it is now; boards have no history. One that
// changed raises the generation of its teams.
func (s Metadata) PutBoard(ctx context.Context, b agile.Board) error {
	columns, err := json.Marshal(b.Columns)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var name, kind, estimate, old string
		err := tx.QueryRow(
			ctx,
			`SELECT name, kind, estimate, columns FROM board WHERE id = ?1`,
			b.ID,
		).Scan(
			&name,
			&kind,
			&estimate,
			&old,
		)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		same := name == b.Name && kind == string(b.Kind) && estimate == b.Estimate && old == string(columns)
		_, err = tx.Exec(
			ctx,
			`INSERT OR REPLACE INTO board VALUES (?1, ?2, ?3, ?4, ?5)`,
			b.ID,
			b.Name,
			string(b.Kind),
			b.Estimate,
			string(columns),
		)
		if err != nil || same {
			return err
		}
		return raiseTeamsOfBoard(ctx, tx, b.ID)
	})
}

// Board returns a board as it is kept; nil for one that is not.
func (s Metadata) Board(ctx context.Context, id int64) (board *agile.Board, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		b := &agile.Board{ID: id}
		var kind, columns string
		err := tx.QueryRow(
			ctx,
			`SELECT name, kind, estimate, columns FROM board WHERE id = ?1`,
			id,
		).Scan(
			&b.Name,
			&kind,
			&b.Estimate,
			&columns,
		)
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
func (s Metadata) Statuses(ctx context.Context) (map[string]agile.Status, error) {
	known := map[string]agile.Status{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, name, category FROM status`, nil, func(scan db.Scan) error {
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
func (s Metadata) Types(ctx context.Context) (map[string]agile.Type, error) {
	known := map[string]agile.Type{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, name, level FROM type`, nil, func(scan db.Scan) error {
			var t agile.Type
			err := scan(&t.ID, &t.Name, &t.Level)
			known[t.ID] = t
			return err
		})
	})
	return known, err
}

// Zone returns the time zone that is kept of the account that reads.
func (s Metadata) Zone(ctx context.Context) (zone string, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
	})
	return zone, err
}
