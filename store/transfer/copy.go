package transfer

import (
	"context"
	"fmt"
	"strings"

	"jerem/problem"
	"jerem/store/db"
)

// chunkRows and chunkBytes bound what is held in memory at a time.
const (
	chunkRows  = 1000
	chunkBytes = 8 << 20
)

// Copy copies all that a database holds into another one, which has to be empty, and returns how many rows that are.
// The proof is asked before the write is made final, and reads the target by the context that it is given: with an
// error nothing stays of the copy.
func Copy(ctx context.Context, from, to db.Database, prove func(context.Context) error) (rows int64, err error) {
	if err := checkSource(ctx, from); err != nil {
		return 0, err
	}
	err = from.Read(ctx, func(ctx context.Context, source *db.Tx) error {
		return to.Write(ctx, func(ctx context.Context, target *db.Tx) error {
			if err := checkTarget(ctx, to, target); err != nil {
				return err
			}
			if err := target.BeginCopy(ctx); err != nil {
				return err
			}
			for _, t := range tables {
				n, err := copyTable(ctx, source, target, t)
				if err != nil {
					return fmt.Errorf("table %s: %w", t.name, err)
				}
				rows += n
			}
			if err := target.FinishCopy(ctx); err != nil {
				return err
			}
			return prove(ctx)
		})
	})
	return rows, err
}

// checkSource refuses a database that holds what does not match its checksum.
func checkSource(ctx context.Context, from db.Database) error {
	err := from.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		found, err := db.CompareTables(ctx, tx, from.Tables())
		if err != nil {
			return err
		}
		return found.Err()
	})
	return err
}

// checkTarget refuses a database that holds anything, and takes out what every empty one has.
func checkTarget(ctx context.Context, to db.Database, tx *db.Tx) error {
	for _, t := range tables {
		query := `SELECT EXISTS (SELECT 1 FROM "` + t.name + `")`
		if t.name == "meta" {
			query = `SELECT EXISTS (SELECT 1 FROM meta
				WHERE name NOT IN ('version', 'zone', 'schema') OR name = 'zone' AND value <> '')`
		}
		var filled bool
		if err := tx.QueryRow(ctx, query).Scan(&filled); err != nil {
			return err
		}
		if filled {
			return &problem.Problem{Code: db.Occupied,
				Message: fmt.Sprintf("store %s: holds something already", to.Place()),
				Hint:    "Nothing was changed. Name an empty database, or a file that is not there yet."}
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM meta WHERE name <> 'schema'`)
	return err
}

// copyTable copies the rows of a table, in chunks, and returns how many they are.
func copyTable(ctx context.Context, source, target *db.Tx, t table) (count int64, err error) {
	var names []string
	for _, c := range t.columns {
		names = append(names, `"`+c.name+`"`)
	}
	list := strings.Join(names, ", ")
	insert := `INSERT INTO "` + t.name + `" (` + list + `)`
	query := `SELECT ` + list + ` FROM "` + t.name + `"`
	if t.name == "meta" {
		query += ` WHERE name <> 'schema'`
	}
	var chunk [][]any
	size := 0
	flush := func() error {
		n, err := target.InsertRows(ctx, insert, ``, chunk)
		count += n
		chunk, size = nil, 0
		return err
	}
	err = source.Each(ctx, query, nil, func(scan db.Scan) error {
		row, length, err := readRow(scan, t.columns)
		if err != nil {
			return err
		}
		chunk, size = append(chunk, row), size+length
		if len(chunk) < chunkRows && size < chunkBytes {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return count, err
}

// readRow reads a row, and tells about how many bytes it takes.
func readRow(scan db.Scan, columns []column) (row []any, size int, err error) {
	numbers, texts, blobs := make([]int64, len(columns)), make([]string, len(columns)), make([][]byte, len(columns))
	into := make([]any, len(columns))
	for n, c := range columns {
		switch c.kind {
		case number:
			into[n] = &numbers[n]
		case text:
			into[n] = &texts[n]
		case bytes:
			into[n] = &blobs[n]
		}
	}
	if err := scan(into...); err != nil {
		return nil, 0, err
	}
	row = make([]any, len(columns))
	for n, c := range columns {
		switch c.kind {
		case number:
			row[n] = numbers[n]
		case text:
			row[n] = texts[n]
		case bytes:
			row[n] = blobs[n]
		}
		size += 8 + len(texts[n]) + len(blobs[n])
	}
	return row, size, nil
}
