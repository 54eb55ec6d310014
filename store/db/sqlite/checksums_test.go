package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"hash/crc32"
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
