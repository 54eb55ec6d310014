package reporting

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWriteBeside: what is written beside is what was written, in its order, however it was cut.
func TestWriteBeside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want, got bytes.Buffer
		w := writeBeside(&got)
		length := rapid.SampledFrom([]int{0, 1, 1000, pieceOfText - 1, pieceOfText, 3 * pieceOfText})
		for n, length := range rapid.SliceOfN(length, 0, 8).Draw(t, "lengths") {
			text := strings.Repeat(string(rune('a'+n)), length)
			want.WriteString(text)
			if taken, err := io.WriteString(w, text); taken != length || err != nil {
				t.Fatalf("%d of %d bytes: %v", taken, length, err)
			}
		}
		if err := w.Close(); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("%d bytes are written of %d, or others: %v", got.Len(), want.Len(), err)
		}
	})
}

// brokenWriter fails after some writes, and counts them.
type brokenWriter struct{ left, failed int }

var errBroken = errors.New("broken")

func (b *brokenWriter) Write(p []byte) (int, error) {
	if b.left == 0 {
		b.failed++
		return 0, errBroken
	}
	b.left--
	return len(p), nil
}

// TestWriteBesideFails: who writes is told that nobody reads, and so is who closes; nothing is written after that.
func TestWriteBesideFails(t *testing.T) {
	to := &brokenWriter{left: 2}
	w := writeBeside(to)
	pieces := 0
	for err := error(nil); err == nil; pieces++ {
		_, err = w.Write(make([]byte, pieceOfText))
		if pieces > 10 {
			t.Fatal("it goes on writing")
		}
	}
	if err := w.Close(); !errors.Is(err, errBroken) || to.failed != 1 {
		t.Errorf("%v after %d writes that failed", err, to.failed)
	}
}
