package encoding

import (
	"bytes"
	"strings"
	"testing"

	"jerem/testrun"
)

// TestDecompressMakesOneList: what is unpacked is read into memory that stands, and handed over in a list of its own of
// the size that it has, whatever was unpacked before; also after a text that is damaged.
func TestDecompressMakesOneList(t *testing.T) {
	long, short := []byte(strings.Repeat("what came of an issue ", 2_000)), []byte("short")
	var texts [][]byte
	for _, raw := range [][]byte{long, short, {}} {
		packed, err := Compress(raw)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, packed)
	}
	first, err := Decompress(texts[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range [][]byte{nil, texts[0][:len(texts[0])/2], []byte("no packed text")} {
		if _, err := Decompress(damaged); err == nil {
			t.Errorf("%d bytes of a damaged text are unpacked without a word", len(damaged))
		}
		for n, want := range [][]byte{long, short, {}} {
			if got, err := Decompress(texts[n]); err != nil || got == nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes for %d: %v", len(got), len(want), err)
			}
		}
	}
	if !bytes.Equal(first, long) {
		t.Error("what was unpacked first became another text")
	}
	if testrun.Raced {
		t.Skip("pools let go of what they hold")
	}
	got := testing.AllocsPerRun(20, func() { first, _ = Decompress(texts[0]) })
	if got > 2 || cap(first) > len(long)*5/4 {
		t.Errorf("%v allocations, %d bytes for %d", got, cap(first), len(long))
	}
}
