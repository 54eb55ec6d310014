package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"
)

// Every row that figures rest on has a checksum in row_sum, under the part that it belongs to and its primary key. A
// part is a table, but for three: an issue's document, what was derived beside its timelines, and its timelines (all
// its rows of event together) are apart, for the last two can be derived again from the first. Triggers of the writing
// connection keep the checksums of rows, putIssue those of timelines. The triggers are temporary: what another program
// writes into the file does not match, and is found.
const (
	partIssue    = "issue"    // the row of an issue without its document
	partDocument = "document" // what was read of it
	partEvents   = "events"   // its timelines
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum adds values up, each with its type and length: no two lists of values look the same.
type checksum struct{ crc uint32 }

func (c *checksum) add(kind byte, number uint64) {
	var b [9]byte
	b[0] = kind
	binary.LittleEndian.PutUint64(b[1:], number)
	c.crc = crc32.Update(c.crc, castagnoli, b[:])
}

func (c *checksum) number(n int64) { c.add('n', uint64(n)) }

func (c *checksum) text(s string) {
	c.add('t', uint64(len(s)))
	c.crc = crc32.Update(c.crc, castagnoli, []byte(s))
}

func (c *checksum) event(e event) {
	c.text(e.field)
	c.number(e.at)
	c.number(int64(e.order))
	c.text(e.value)
}

// sumEvents returns the checksum of an issue's timelines.
func sumEvents(events []event) int64 {
	var c checksum
	for _, e := range events {
		c.event(e)
	}
	return int64(c.crc)
}

// sumValues is the SQL function jerem_sum: the checksum of its arguments.
func sumValues(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	var c checksum
	for _, arg := range args {
		if err := c.value(arg); err != nil {
			return nil, err
		}
	}
	return int64(c.crc), nil
}

// value adds a value of any type that SQLite has.
func (c *checksum) value(v any) error {
	switch v := v.(type) {
	case nil:
		c.add('0', 0)
	case int64:
		c.number(v)
	case float64:
		c.add('f', math.Float64bits(v))
	case string:
		c.text(v)
	case []byte:
		c.add('b', uint64(len(v)))
		c.crc = crc32.Update(c.crc, castagnoli, v)
	default:
		return fmt.Errorf("a value of type %T has no checksum", v)
	}
	return nil
}

// sumDriver is SQLite with jerem_sum.
var sumDriver = sync.OnceValues(func() (*sqlite.Driver, error) {
	d := &sqlite.Driver{}
	return d, d.RegisterDeterministicScalarFunction("jerem_sum", -1, sumValues)
})

// connector opens connections of sumDriver.
type connector struct {
	driver  *sqlite.Driver
	address string
	watched *atomic.Pointer[[]string] // statements for each new connection; nil for none
	present func() error              // tells whether the path still leads to the file that is open; nil where it may not
}

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if c.present != nil {
		if err := c.present(); err != nil {
			return nil, err
		}
	}
	conn, err := c.driver.Open(c.address)
	if err != nil || c.watched == nil {
		return conn, err
	}
	statements := c.watched.Load()
	if statements == nil {
		return conn, nil
	}
	for _, statement := range *statements {
		if _, err := conn.(driver.ExecerContext).ExecContext(ctx, statement, nil); err != nil {
			conn.Close()
			return nil, err
		}
	}
	return conn, nil
}

// Driver returns the driver.
func (c connector) Driver() driver.Driver { return c.driver }

// part is a set of rows that have checksums.
type part struct {
	name, table string
	key         []string // columns of the primary key
	columns     []string // columns that the checksum covers
}

// keyOf is the SQL that makes a row's key; row is "" or a name with a dot.
func (p part) keyOf(row string) string {
	var terms []string
	for _, column := range p.key {
		terms = append(terms, `quote(`+row+`"`+column+`")`)
	}
	return strings.Join(terms, ` || ',' || `)
}

// sumOf is the SQL that makes a row's checksum.
func (p part) sumOf(row string) string {
	var terms []string
	for _, column := range p.columns {
		terms = append(terms, row+`"`+column+`"`)
	}
	return `jerem_sum(` + strings.Join(terms, `, `) + `)`
}

// triggers are the statements that keep the checksums of a part.
func (p part) triggers() []string {
	drop := func(row string) string {
		return fmt.Sprintf(`DELETE FROM row_sum WHERE part = '%s' AND key = %s;`, p.name, p.keyOf(row))
	}
	note := drop("NEW.") + fmt.Sprintf(` INSERT INTO row_sum VALUES ('%s', %s, %s);`, p.name, p.keyOf("NEW."), p.sumOf("NEW."))
	form := `CREATE TEMP TRIGGER IF NOT EXISTS "sum_%s_%s" AFTER %s ON main."%s" BEGIN %s END`
	return []string{
		fmt.Sprintf(form, p.name, "insert", "INSERT", p.table, note),
		fmt.Sprintf(form, p.name, "update", "UPDATE", p.table, drop("OLD.")+" "+note),
		fmt.Sprintf(form, p.name, "delete", "DELETE", p.table, drop("OLD.")),
	}
}

// queryer is a database or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// partsOf lists the parts of a file by its tables, whatever they are: a table that a later version adds is a part too.
// There are none in a file that has no checksums yet.
func partsOf(ctx context.Context, db queryer) (parts []part, err error) {
	list, err := db.QueryContext(ctx, `SELECT m.name, c.name, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT IN ('row_sum', 'damaged', 'event')
		AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'row_sum') ORDER BY m.name, c.cid`)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	for list.Next() {
		var table, column string
		var pk int
		if err := list.Scan(&table, &column, &pk); err != nil {
			return nil, err
		}
		if len(parts) == 0 || parts[len(parts)-1].table != table {
			parts = append(parts, part{name: table, table: table})
		}
		p := &parts[len(parts)-1]
		if pk > 0 {
			p.key = append(p.key, column)
		}
		if table != "issue" || column != "raw" && column != "raw_version" {
			p.columns = append(p.columns, column)
		}
	}
	parts = append(parts, part{name: partDocument, table: "issue", key: []string{"id"}, columns: []string{"raw", "raw_version"}})
	if len(parts) == 1 { // that of documents alone: the tables are not made yet
		parts = nil
	}
	return parts, list.Err()
}

// putEventSum keeps the checksum of an issue's timelines.
func putEventSum(ctx context.Context, tx *sql.Tx, id int64, events []event) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO row_sum VALUES (?1, ?2, ?3)`, partEvents, fmt.Sprint(id), sumEvents(events))
	return err
}

// adopt makes the checksums of all that a file holds: one that an older version wrote has none.
func adopt(ctx context.Context, tx *sql.Tx, parts []part) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM row_sum`); err != nil {
		return err
	}
	for _, p := range parts {
		statement := fmt.Sprintf(`INSERT INTO row_sum SELECT '%s', %s, %s FROM "%s"`, p.name, p.keyOf(""), p.sumOf(""), p.table)
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return adoptEvents(ctx, tx)
}

func adoptEvents(ctx context.Context, tx *sql.Tx) error {
	sums, err := eventSums(ctx, tx)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT OR REPLACE INTO row_sum VALUES (?1, ?2, ?3)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for id, sum := range sums {
		if _, err := insert.ExecContext(ctx, partEvents, id, sum); err != nil {
			return err
		}
	}
	return nil
}

// noSum is the checksum of timelines that stand in two places: it matches none.
const noSum = -1

// eventSums returns the checksum of each issue's timelines as they stand, by the issue's key in row_sum.
func eventSums(ctx context.Context, tx *sql.Tx) (map[string]int64, error) {
	sums := map[string]int64{}
	var c checksum
	var project, issue any
	end := func() {
		id := fmt.Sprint(issue)
		if _, twice := sums[id]; twice {
			sums[id] = noSum
		} else if issue != nil {
			sums[id] = int64(c.crc)
		}
		c = checksum{}
	}
	query := `SELECT project, issue, field, at, ord, value FROM event ORDER BY project, issue, seq`
	err := rows(ctx, tx, query, nil, func(scan func(...any) error) error {
		var v [6]any
		if err := scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5]); err != nil {
			return err
		}
		if !equalValues(v[0], project) || !equalValues(v[1], issue) {
			end()
			project, issue = v[0], v[1]
		}
		for _, value := range v[2:] {
			if err := c.value(value); err != nil {
				return err
			}
		}
		return nil
	})
	end()
	return sums, err
}

// equalValues compares two values out of the database; a blob equals none.
func equalValues(a, b any) bool {
	_, blobA := a.([]byte)
	_, blobB := b.([]byte)
	return !blobA && !blobB && a == b
}
