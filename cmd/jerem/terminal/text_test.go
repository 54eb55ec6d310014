package terminal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPrintableIsBounded: of a text that is too long the beginning and the end are shown.
func TestPrintableIsBounded(t *testing.T) {
	long := Printable("begin " + strings.Repeat("é", 10_000) + " end")
	if n := utf8.RuneCountInString(long); n != LongestText {
		t.Errorf("%d letters are shown", n)
	}
	if !strings.HasPrefix(long, "begin é") || !strings.HasSuffix(long, "é end") || strings.Count(long, "…") != 1 {
		t.Errorf("shown is %q", long)
	}
	if most := strings.Repeat("é", LongestText); Printable(most) != most {
		t.Error("a text of the longest length is shortened")
	}
}

// TestWrap: no line is wider than a page, unless by one word, and a wide sign takes two columns.
func TestWrap(t *testing.T) {
	if got, want := Wrap(strings.Repeat("word ", 20), 70), "word word"+
		strings.Repeat("\n"+strings.Repeat(" ", 70)+"word word", 9); got != want {
		t.Errorf("wrapped:\n%s", got)
	}
	if got := Width("已完成 é 🚀"); got != 11 {
		t.Errorf("the width is %d", got)
	}
}

// TestJSONWriter: what is written holds no command of a terminal and means the same.
func TestJSONWriter(t *testing.T) {
	var out bytes.Buffer
	if err := json.NewEncoder(JSONWriter{Out: &out}).Encode("a\u009b2J\u202eb"); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), `"a\u009b2J\u202eb"`+"\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestIsTerminal: what is kept in memory or goes nowhere is none.
func TestIsTerminal(t *testing.T) {
	if IsTerminal(&bytes.Buffer{}) || IsTerminal(nil) {
		t.Error("a buffer is a terminal")
	}
}

// TestPrintableSpaces: what sets the thousands of a figure apart is shown as it is; what steers a terminal is not.
func TestPrintableSpaces(t *testing.T) {
	for text, want := range map[string]string{
		"1\u202f174.5 hours": "1\u202f174.5 hours", "a\u00a0b": "a\u00a0b",
		"a\u200bb\x1b[2J\u202e": "a\ufffdb\ufffd[2J\ufffd",
		"a\tb\nc":               "a b c",
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
