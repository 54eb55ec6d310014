package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"

	"modernc.org/sqlite"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum adds values up, each with its type and length: no two lists of values look the same.
type checksum struct{ crc uint32 }

func (c *checksum) addBytes(kind byte, number uint64) {
	var b [9]byte
	b[0] = kind
	binary.LittleEndian.PutUint64(b[1:], number)
	c.crc = crc32.Update(c.crc, castagnoli, b[:])
}

func (c *checksum) addNumber(n int64) { c.addBytes('n', uint64(n)) }

func (c *checksum) addText(s string) {
	c.addBytes('t', uint64(len(s)))
	c.crc = crc32.Update(c.crc, castagnoli, []byte(s))
}

// sumValues is the SQL function jerem_sum: the checksum of its arguments.
func sumValues(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	var c checksum
	for _, arg := range args {
		if err := c.addValue(arg); err != nil {
			return nil, err
		}
	}
	return int64(c.crc), nil
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
		c.addText(v)
	case []byte:
		c.addBytes('b', uint64(len(v)))
		c.crc = crc32.Update(c.crc, castagnoli, v)
	default:
		return fmt.Errorf("a value of type %T has no checksum", v)
	}
	return nil
}
