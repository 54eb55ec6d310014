package viewrows

import (
	"context"

	"jerem/store/db"
	"jerem/store/encoding"
)

// Key tells the rows of a team apart.
type Key struct{ Kind, Key string }

// Row is what a view takes apart: a text of JSON, and a digest of it.
type Row struct {
	Key
	Digest, Body string

	Packed string // the body in place of Body, where it is packed until it is written: see Pack
}

// Pack returns the row with its body packed: all bodies of a large team take more than a hundred megabytes.
func (r Row) Pack() (Row, error) {
	packed, err := encoding.Compress([]byte(r.Body))
	r.Body, r.Packed = "", string(packed)
	return r, err
}

// unpackBody returns the body of a row.
func (r Row) unpackBody() (string, error) {
	if r.Packed == "" {
		return r.Body, nil
	}
	body, err := encoding.Decompress([]byte(r.Packed))
	return string(body), err
}

// Rows keeps the rows of teams.
type Rows struct{ db db.Database }

// New returns the rows in a database.
func New(d db.Database) Rows { return Rows{d} }

// Digests returns the digests of the rows of a team.
func (s Rows) Digests(ctx context.Context, team string) (all map[Key]string, err error) {
	all = map[Key]string{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		query := `SELECT kind, key, digest FROM view_row WHERE team = $1`
		return tx.Each(ctx, query, []any{team}, func(scan db.Scan) error {
			var key Key
			var digest string
			err := scan(&key.Kind, &key.Key, &digest)
			all[key] = digest
			return err
		})
	})
	return all, err
}

// OfKind returns the rows of a team that are of one kind, in order of their keys, as they stand together.
func (s Rows) OfKind(ctx context.Context, team, kind string) (rows []Row, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		const query = `SELECT key, digest, body FROM view_row WHERE team = $1 AND kind = $2 ORDER BY key`
		return tx.Each(ctx, query, []any{team, kind}, func(scan db.Scan) error {
			row := Row{Key: Key{Kind: kind}}
			err := scan(&row.Key.Key, &row.Digest, &row.Body)
			rows = append(rows, row)
			return err
		})
	})
	return rows, err
}

// Put keeps rows of a team in place of those of the same keys, and takes others out, all or nothing.
func (s Rows) Put(ctx context.Context, team string, changed []Row, gone []Key) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, key := range gone {
			const remove = `DELETE FROM view_row WHERE team = $1 AND kind = $2 AND key = $3`
			if _, err := tx.Exec(ctx, remove, team, key.Kind, key.Key); err != nil {
				return err
			}
		}
		return insertRows(ctx, tx, team, changed)
	})
}

// unpackedAtOnce is about how many bytes of bodies are written at once.
const unpackedAtOnce = 4 << 20

// insertRows writes rows, as many of them at once as are within bounds.
func insertRows(ctx context.Context, tx *db.Tx, team string, changed []Row) error {
	var rows [][]any
	size := 0
	for n, r := range changed {
		body, err := r.unpackBody()
		if err != nil {
			return err
		}
		rows = append(rows, []any{team, r.Kind, r.Key.Key, r.Digest, body})
		size += len(body)
		if size < unpackedAtOnce && n+1 < len(changed) {
			continue
		}
		_, err = tx.InsertRows(ctx, `INSERT INTO view_row (team, kind, key, digest, body)`,
			`ON CONFLICT (team, kind, key) DO UPDATE SET digest = excluded.digest, body = excluded.body`, rows)
		if err != nil {
			return err
		}
		rows, size = rows[:0], 0
	}
	return nil
}
