package metadata

import (
	"context"
	"maps"
	"slices"

	"jerem/store/db"
	"jerem/store/generation"
)

// PutVersions keeps versions by their present names, by id; those that are no longer listed stay. A name that is new or
// another than before raises the generation of all teams: it holds for the whole past.
func (s Metadata) PutVersions(ctx context.Context, names map[string]string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		known, err := ReadVersions(ctx, tx)
		if err != nil {
			return err
		}
		news := maps.Clone(names)
		maps.DeleteFunc(news, func(id, name string) bool { return known[id] == name })
		return writeVersions(ctx, tx, news)
	})
}

// PutVersionNames keeps names of versions that issues alone tell: a name that is known stays, for it may be younger.
func (s Metadata) PutVersionNames(ctx context.Context, names map[string]string) error {
	if len(names) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		known, err := ReadVersions(ctx, tx)
		if err != nil {
			return err
		}
		news := maps.Clone(names)
		maps.DeleteFunc(news, func(id, _ string) bool { return known[id] != "" })
		return writeVersions(ctx, tx, news)
	})
}

// Versions returns the present names of versions, by id.
func (s Metadata) Versions(ctx context.Context) (names map[string]string, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		names, err = ReadVersions(ctx, tx)
		return err
	})
	return names, err
}

// writeVersions writes names that are new.
func writeVersions(ctx context.Context, tx *db.Tx, names map[string]string) error {
	rows := make([][]any, 0, len(names))
	for _, id := range slices.Sorted(maps.Keys(names)) {
		rows = append(rows, []any{id, names[id]})
	}
	changed, err := tx.InsertRows(ctx, `INSERT INTO version (id, name)`,
		`ON CONFLICT (id) DO UPDATE SET name = excluded.name`, rows)
	return generation.RaiseAllIfAny(ctx, tx, changed, err)
}

// ReadVersions returns the names of all versions of projects by their ids.
func ReadVersions(ctx context.Context, tx *db.Tx) (map[string]string, error) {
	names := map[string]string{}
	err := tx.Each(ctx, `SELECT id, name FROM version`, nil, func(scan db.Scan) error {
		var id, name string
		err := scan(&id, &name)
		names[id] = name
		return err
	})
	return names, err
}
