package format

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestClean: whatever the text, what leaves is valid UTF-8 without what a terminal, a header or XML does not take.
func TestClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()),
			func(b []byte) string { return string(b) }),
			rapid.StringMatching(`[=\-+@ \t\r\n\x00-\x1f\x7f\x{9b}\x{202e}"'<>&a-z]{0,20}`)).Draw(t, "text")
		line := OneLine(text)
		if !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl) ||
			strings.ContainsAny(line, "\u2028\u2029\u202e\u200f") {
			t.Fatalf("a line: %q", line)
		}
		if err := xml.Unmarshal([]byte("<a>"+strings.NewReplacer("<", "", "&", "").Replace(MarkupText(text))+"</a>"),
			new(struct{})); err != nil {
			t.Fatalf("markup %q: %v", MarkupText(text), err)
		}
		if markup := MarkupText(text); strings.ContainsAny(markup, "\x7f\u009b\u202e\u2066\u200f") {
			t.Fatalf("markup %q", markup)
		}
		name := FileName(text)
		if strings.ContainsFunc(name,
			func(c rune) bool { return c > 126 || c < 33 || strings.ContainsRune(`"/\:;`, c) }) ||
			strings.HasPrefix(name, ".") {
			t.Fatalf("a file name: %q", name)
		}
	})
}
