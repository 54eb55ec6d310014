package wire

import (
	stdjson "encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainTexts: a text is read as the standard library reads it, whatever stands in it.
func TestPlainTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.StringMatching(`"[a-zA-Z0-9 .:\-]{0,12}"`),
			rapid.StringMatching(`"?[a-z"\\/u0\x00é\n]{0,6}"?`),
			rapid.Just(`null`)).Draw(t, "raw")
		var got, want string
		err, wrong := Decode([]byte(raw), &got), stdjson.Unmarshal([]byte(raw), &want)
		if (err == nil) != (wrong == nil) || got != want {
			t.Fatalf("%s: %q (%v), want %q (%v)", raw, got, err, want, wrong)
		}
		var text Text
		if err := Decode([]byte(raw), &text); wrong == nil && (err != nil || string(text) != want) {
			t.Fatalf("%s: %q (%v), want %q", raw, text, err, want)
		}
	})
}

// TestPlainTextsTakeNoDecoder: texts of printable ASCII without escapes, as ids, keys and times are, need no decoder.
func TestPlainTextsTakeNoDecoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringMatching(`"[a-zA-Z0-9 .:+\-]{0,28}"`).Draw(t, "raw")
		if text := "before"; !readShape([]byte(raw), &text) || text != raw[1:len(raw)-1] {
			t.Fatalf("%s: %q", raw, text)
		}
	})
}
