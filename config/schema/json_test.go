package schema

import "testing"

// TestSignsOfJSON: a file of JSON may write signs beyond the first 65,536 as two escapes, as programs do that write
// ASCII alone; what only looks so stays.
func TestSignsOfJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": "x \ud83e\udde8 y"}`:         "x 🧨 y",
		`{"a": "\uD83E\uDDE8\ud83e\udde8"}`: "🧨🧨",
		`{"a": "\\\ud83e\udde8"}`:           `\🧨`,
		`{"a": "\\ud83e\\udde8"}`:           `\ud83e\udde8`,
		`{"a": "\u00e9"}`:                   "é",
		`a: '\ud83e\udde8'`:                 `\ud83e\udde8`,
	} {
		l := NewLoader("c.json", func(string) string { return "" })
		root := l.ParseFile([]byte(text))
		if root == nil || l.Faults() != nil || root.Content[1].Value != want {
			t.Errorf("%s: %v, want %s", text, l.Faults(), want)
		}
	}
}
