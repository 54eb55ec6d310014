package answers

import (
	"io"
	"runtime"
	"strings"
	"testing"
)

// TestAnswerTakesTexts: a page is a text of a megabyte, which an answer takes without a copy beside its own.
func TestAnswerTakesTexts(t *testing.T) {
	text := strings.Repeat("a page ", 150_000)
	taken := func(write func(a *Answer) error) uint64 {
		var before, after runtime.MemStats
		a := newAnswer()
		runtime.ReadMemStats(&before)
		err := write(a)
		runtime.ReadMemStats(&after)
		if err != nil || a.body.String() != text {
			t.Errorf("another text is kept: %v", err)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	asText := taken(func(a *Answer) error {
		_, err := io.WriteString(a, text)
		return err
	})
	asBytes := taken(func(a *Answer) error {
		_, err := a.Write([]byte(text))
		return err
	})
	if asText > asBytes+uint64(len(text))/2 { // bytes are what a buffer itself takes, more under the race detector
		t.Errorf("a text of %d bytes is taken with %d, its bytes with %d", len(text), asText, asBytes)
	}
}
