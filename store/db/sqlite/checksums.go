package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"jerem/store/db"
)

// triggerStatements are the statements that keep the checksums of tables: in one transaction, for there are a hundred,
// and each connection that writes executes them.
func triggerStatements(tables []db.Table) string {
	statements := "BEGIN;\n"
	for _, t := range tables {
		statements += triggersOf(t)
	}
	return statements + "COMMIT"
}

// triggersOf are the statements for one table.
func triggersOf(t db.Table) string {
	note := fmt.Sprintf(`INSERT INTO row_sum VALUES ('%s', %s, %s)
		ON CONFLICT (part, key) DO UPDATE SET sum = excluded.sum;`, t.Name, t.KeyOf("NEW."), t.SumOf("NEW."))
	drop := func(when string) string {
		return fmt.Sprintf(`DELETE FROM row_sum WHERE part = '%s' AND key = %s%s;`, t.Name, t.KeyOf("OLD."), when)
	}
	moved := fmt.Sprintf(` AND %s <> %s`, t.KeyOf("OLD."), t.KeyOf("NEW."))
	form := "CREATE TEMP TRIGGER IF NOT EXISTS \"sum_%s_%s\" AFTER %s ON main.\"%s\" BEGIN %s END;\n"
	return fmt.Sprintf(form, t.Name, "insert", "INSERT", t.Rows, note) +
		fmt.Sprintf(form, t.Name, "update", "UPDATE", t.Rows, drop(moved)+" "+note) +
		fmt.Sprintf(form, t.Name, "delete", "DELETE", t.Rows, drop(""))
}

// queryer is a connection pool or a transaction of the driver.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tablesOf lists the tables of a file that have checksums, whatever they are: one that a later version adds has them
// too. There are none in a file that has no checksums yet.
func tablesOf(ctx context.Context, pool queryer) (tables []db.Table, err error) {
	list, err := pool.QueryContext(ctx,
		`SELECT m.name, c.name, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT IN ('row_sum', 'damaged')
		AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'row_sum') ORDER BY m.name, c.cid`)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	for list.Next() {
		var table, column string
		var primary int
		if err := list.Scan(&table, &column, &primary); err != nil {
			return nil, err
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != table {
			tables = append(tables, db.Table{Name: table, Rows: table})
		}
		t := &tables[len(tables)-1]
		if primary > 0 {
			t.Key = append(t.Key, column)
		}
		t.Columns = append(t.Columns, column)
	}
	return tables, list.Err()
}

// writeAllSums makes the checksums of all that a file holds: one that an older version wrote has others, or none.
func writeAllSums(ctx context.Context, tx *db.Tx, tables []db.Table) error {
	if _, err := tx.Exec(ctx, `DELETE FROM row_sum`); err != nil {
		return err
	}
	for _, t := range tables {
		if err := writeSums(ctx, tx, t); err != nil {
			return err
		}
	}
	return nil
}

// writeSums makes the checksums of all rows of a table that has none.
func writeSums(ctx context.Context, tx *db.Tx, t db.Table) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`INSERT INTO row_sum SELECT '%s', %s, %s FROM "%s"`, t.Name, t.KeyOf(""),
		t.SumOf(""), t.Rows))
	return err
}

// rewriteSums makes the checksums anew of tables whose rows got another form, but of rows that did not match: these
// match none.
func rewriteSums(ctx context.Context, tx *db.Tx, before, now []db.Table, found db.Findings) error {
	columns := map[string][]string{}
	for _, t := range before {
		columns[t.Name] = t.Columns
	}
	for _, t := range now {
		former, known := columns[t.Name]
		if known && slices.Equal(former, t.Columns) {
			continue
		}
		if _, err := tx.Exec(ctx, `DELETE FROM row_sum WHERE part = $1`, t.Name); err != nil {
			return err
		}
		if err := writeSums(ctx, tx, t); err != nil {
			return err
		}
		for _, key := range found[t.Name] {
			if _, err := tx.Exec(ctx, `INSERT INTO row_sum VALUES ($1, $2, $3)
				ON CONFLICT (part, key) DO UPDATE SET sum = excluded.sum`, t.Name, key, noSum); err != nil {
				return err
			}
		}
	}
	return nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum adds values up, each with its type and length: no two lists of values look the same. What is added goes
// through a piece of memory that others take after it: a store is compared with the checksums of all its rows.
type checksum struct {
	crc   uint32
	piece *[512]byte
}

var pieces = sync.Pool{New: func() any { return new([512]byte) }}

func beginChecksum() checksum { return checksum{piece: pieces.Get().(*[512]byte)} }

// finishSum returns the sum; nothing is to be added any more.
func (c *checksum) finishSum() uint32 {
	pieces.Put(c.piece)
	c.piece = nil
	return c.crc
}

func (c *checksum) addBytes(kind byte, number uint64) {
	c.piece[0] = kind
	binary.LittleEndian.PutUint64(c.piece[1:], number)
	c.crc = crc32.Update(c.crc, castagnoli, c.piece[:9])
}

func (c *checksum) addNumber(n int64) { c.addBytes('n', uint64(n)) }

func (c *checksum) addText(s string) {
	for c.addBytes('t', uint64(len(s))); len(s) > 0; {
		n := copy(c.piece[:], s)
		c.crc = crc32.Update(c.crc, castagnoli, c.piece[:n])
		s = s[n:]
	}
}

// sumValues is the SQL function jerem_sum: the checksum of its arguments.
func sumValues(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	c := beginChecksum()
	for _, arg := range args {
		if err := c.addValue(arg); err != nil {
			return nil, err
		}
	}
	return int64(c.finishSum()), nil
}

// addValue adds a value of any type that SQLite has.
func (c *checksum) addValue(v any) error {
	switch v := v.(type) {
	case nil:
		c.addBytes('0', 0)
	case int64:
		c.addNumber(v)
	case float64:
		c.addBytes('f', math.Float64bits(v))
	case string:
		if end := strings.IndexByte(v, 0); end >= 0 { // what stands behind it was never summed up
			v = v[:end]
		}
		c.addText(v)
	case []byte:
		c.addBytes('b', uint64(len(v)))
		c.crc = crc32.Update(c.crc, castagnoli, v)
	default:
		return fmt.Errorf("a value of type %T has no checksum", v)
	}
	return nil
}
