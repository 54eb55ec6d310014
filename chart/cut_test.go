package chart

import (
	"strings"
	"testing"

	"jerem/chart/labels"
)

// TestNamesWithoutEnd: a name is cut to its place however long it is, and a longer one costs no more.
func TestNamesWithoutEnd(t *testing.T) {
	for _, name := range []string{"In review", strings.Repeat("0123456789", 1000), strings.Repeat("\u0301", 5000),
		"e" + strings.Repeat("\u0301", 5000)} {
		if text := cutToFit(name, 60); labels.TextWidth(text, false) > 60 || len(text) > 100 {
			t.Errorf("%.20q… becomes %q", name, text)
		}
	}
	long := func(letters int) float64 {
		name := strings.Repeat("x", letters)
		return testing.AllocsPerRun(3, func() { cutToFit(name, 60) })
	}
	if few, many := long(100), long(10_000); many > few+1 {
		t.Errorf("%g allocations for a hundred letters, %g for ten thousand", few, many)
	}
}
