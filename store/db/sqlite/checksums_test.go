package sqlite

import (
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
)

// TestSumCostsNoCopies: the checksum of a row is that of its values, one after the other, and no text is copied for it.
func TestSumCostsNoCopies(t *testing.T) {
	texts := []string{"", "K8S-9", strings.Repeat("x", 512), strings.Repeat("long ", 2000)}
	var row []driver.Value
	var all []byte
	for _, text := range texts {
		row = append(row, text)
		all = append(binary.LittleEndian.AppendUint64(append(all, 't'), uint64(len(text))), text...)
	}
	sum := func() driver.Value {
		v, err := sumValues(nil, row)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if want := int64(crc32.Checksum(all, castagnoli)); sum() != want {
		t.Errorf("sum %v, want %d", sum(), want)
	}
	if got := testing.AllocsPerRun(100, func() { sum() }); got > 1 { // its value
		t.Errorf("%v allocations a row", got)
	}
}

// TestSumsTakeNoTexts: rows are compared with their checksums without a copy of their texts and documents, of which a
// text counts up to a zero byte, as it always did.
func TestSumsTakeNoTexts(t *testing.T) {
	driver, err := sumDriver()
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(connector{driver: driver, address: ":memory:"})
	defer pool.Close()
	var cut, whole, other int64
	err = pool.QueryRowContext(t.Context(), `SELECT jerem_sum('a' || char(0) || 'b'), jerem_sum('a'),
		jerem_sum(CAST('a' AS BLOB))`).Scan(&cut, &whole, &other)
	if err != nil || cut != whole || cut == other {
		t.Errorf("%d, %d, %d, %v", cut, whole, other, err)
	}
	const rows, size = 1000, 10_000
	query := fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT sum(jerem_sum(printf('%%0%dd', i), zeroblob(%d + i))) FROM n`, rows, size, size)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := pool.QueryRowContext(t.Context(), query).Scan(&whole); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > rows*size/10 {
		t.Errorf("%d bytes for the sums of %d rows of %d", took, rows, 2*size)
	}
}
