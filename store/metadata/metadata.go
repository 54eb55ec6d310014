package metadata

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// Metadata keeps what all teams of a site share: its fields, issue types, statuses, boards, and the zone of the
// account.
type Metadata struct{ db db.Database }

// New returns the metadata in a database.
func New(d db.Database) Metadata { return Metadata{d} }

// SetZone keeps the time zone of the account that reads.
func (s Metadata) SetZone(ctx context.Context, zone string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var old string
		if err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&old); err != nil || old == zone {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE meta SET value = $1 WHERE name = 'zone'`, zone); err != nil {
			return err
		}
		return generation.RaiseAllTeams(ctx, tx, generation.ByRest)
	})
}

// PutFields keeps the fields of the site in place of those known; the names that they had stay known.
func (s Metadata) PutFields(ctx context.Context, fields []agile.Field) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var old agile.History
		if err := ReadFields(ctx, tx, &old); err != nil {
			return err
		}
		now := map[string]agile.Field{}
		for _, f := range fields {
			now[f.ID] = agile.Field{ID: f.ID, Name: f.Name, Number: f.Number, Option: f.Option}
		}
		if !maps.Equal(old.Fields, now) {
			if err := generation.RaiseAllTeams(ctx, tx, generation.ByRest); err != nil {
				return err
			}
			if err := replaceFields(ctx, tx, now); err != nil {
				return err
			}
		}
		names := make([][]any, len(fields))
		for n, f := range fields {
			names[n] = []any{f.ID, f.Name}
		}
		_, err := tx.InsertRows(ctx, `INSERT INTO field_name (id, name)`, `ON CONFLICT DO NOTHING`, names)
		return err
	})
}

// replaceFields keeps fields in place of all that were.
func replaceFields(ctx context.Context, tx *db.Tx, fields map[string]agile.Field) error {
	if _, err := tx.Exec(ctx, `DELETE FROM field`); err != nil {
		return err
	}
	var rows [][]any
	for _, id := range slices.Sorted(maps.Keys(fields)) {
		f := fields[id]
		rows = append(rows, []any{f.ID, f.Name, encoding.Flag(f.Number), encoding.Flag(f.Option)})
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO field (id, name, number, option)`, ``, rows)
	return err
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
		byID := map[string]agile.Type{} // one that comes twice counts as it comes last
		for _, t := range types {
			byID[t.ID] = t
		}
		var rows [][]any
		for _, id := range slices.Sorted(maps.Keys(byID)) {
			rows = append(rows, []any{id, byID[id].Name, byID[id].Level})
		}
		changed, err := tx.InsertRows(ctx, `INSERT INTO type (id, name, level)`, `ON CONFLICT (id)
			DO UPDATE SET name = excluded.name, level = excluded.level
			WHERE type.name <> excluded.name OR type.level <> excluded.level`, rows)
		return generation.RaiseAllIfAny(ctx, tx, changed, err)
	})
}

// PutStatuses keeps statuses as listed; one that is no longer listed keeps its last category, and
// every name that one ever had stays known. One that is new, or has another name or
// category than before, raises the generation of all teams: that concerns the whole past.
func (s Metadata) PutStatuses(ctx context.Context, statuses []agile.Status) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		byID := map[string]agile.Status{} // one that comes twice counts as it comes last
		var names []StatusName
		for _, st := range statuses {
			byID[st.ID] = st
			for _, name := range append([]string{st.Name}, st.Names...) {
				names = append(names, StatusName{st.ID, name})
			}
		}
		var rows [][]any
		for _, id := range slices.Sorted(maps.Keys(byID)) {
			rows = append(rows, []any{id, byID[id].Name, string(byID[id].Category)})
		}
		changed, err := tx.InsertRows(ctx, `INSERT INTO status (id, name, category)`, `ON CONFLICT (id)
			DO UPDATE SET name = excluded.name, category = excluded.category
			WHERE status.name <> excluded.name OR status.category <> excluded.category`, rows)
		if err := generation.RaiseAllIfAny(ctx, tx, changed, err); err != nil {
			return err
		}
		return putStatusNames(ctx, tx, names)
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
		var rows [][]any
		for _, n := range names {
			if !seen[n] {
				rows = append(rows, []any{n.ID, n.Name, ""})
			}
			seen[n] = true
		}
		added, err := tx.InsertRows(ctx, `INSERT INTO status (id, name, category)`, `ON CONFLICT DO NOTHING`, rows)
		if err := generation.RaiseAllIfAny(ctx, tx, added, err); err != nil {
			return err
		}
		return putStatusNames(ctx, tx, slices.Collect(maps.Keys(seen)))
	})
}

func putStatusNames(ctx context.Context, tx *db.Tx, names []StatusName) error {
	rows := make([][]any, len(names))
	for n, name := range names {
		rows[n] = []any{name.ID, name.Name}
	}
	added, err := tx.InsertRows(ctx, `INSERT INTO status_name (id, name)`, `ON CONFLICT DO NOTHING`, rows)
	return generation.RaiseAllIfAny(ctx, tx, added, err)
}

// PutBoard keeps a board as it is now; boards have no history. One that
// changed raises the generation of its teams.
func (s Metadata) PutBoard(ctx context.Context, b agile.Board) error {
	columns, err := json.Marshal(b.Columns)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		changed, err := tx.Exec(ctx, `INSERT INTO board (id, name, kind, estimate, columns)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
			estimate = excluded.estimate, columns = excluded.columns
			WHERE board.name <> excluded.name OR board.kind <> excluded.kind
			OR board.estimate <> excluded.estimate OR board.columns <> excluded.columns`,
			b.ID, b.Name, string(b.Kind), b.Estimate, string(columns))
		if err != nil || changed == 0 {
			return err
		}
		return generation.RaiseTeamsOfBoard(ctx, tx, b.ID)
	})
}

// Board returns a board as it is kept; nil for one that is not.
func (s Metadata) Board(ctx context.Context, id int64) (board *agile.Board, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		b := &agile.Board{ID: id}
		var kind, columns string
		err := tx.QueryRow(
			ctx,
			`SELECT name, kind, estimate, columns FROM board WHERE id = $1`,
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

// ReadFields fills in the fields of the site.
func ReadFields(ctx context.Context, tx *db.Tx, h *agile.History) error {
	h.Fields = map[string]agile.Field{}
	return tx.Each(ctx, `SELECT id, name, number, option FROM field`, nil, func(scan db.Scan) error {
		var f agile.Field
		err := scan(&f.ID, &f.Name, &f.Number, &f.Option)
		h.Fields[f.ID] = f
		return err
	})
}
