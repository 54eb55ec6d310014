package answers

import (
	"io"
	"runtime"
	"strings"
	"testing"
)

// TestAnswerTakesTexts: a page is a text of a megabyte, which an answer takes in one copy.
func TestAnswerTakesTexts(t *testing.T) {
	text := strings.Repeat("a page ", 150_000)
	var before, after runtime.MemStats
	a := newAnswer()
	runtime.ReadMemStats(&before)
	_, err := io.WriteString(a, text)
	runtime.ReadMemStats(&after)
	if err != nil || a.body.String() != text {
		t.Errorf("another text is kept: %v", err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > uint64(len(text))*3/2 {
		t.Errorf("a text of %d bytes is taken with %d", len(text), got)
	}
}
