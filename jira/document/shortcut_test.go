package document

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainAmounts: what is read as a plain number can be read as nothing else.
func TestPlainAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9]{0,4}[.,0 '-]?[0-9]{0,4}[.,e]?[0-9]{0,3}`).Draw(t, "text")
		if isPlainAmount(text) && !slices.Equal(numberReadings(text), allReadings(text)) {
			t.Fatalf("%s: %v, and %v", text, numberReadings(text), allReadings(text))
		}
	})
	for _, text := range []string{"5", "5.0", "3600", "0.25", "5."} {
		if !isPlainAmount(text) {
			t.Errorf("%s takes expressions", text)
		}
	}
}

// TestPersonsWithoutDecoder: accounts are found in a value as the decoder finds them, in whatever shape it comes.
func TestPersonsWithoutDecoder(t *testing.T) {
	name := rapid.SampledFrom([]string{"accountId", "accountid", "emailAddress", "avatarUrls", "key", "displayName",
		"child", "name", "\\u0061ccountId", "kéy"})
	var value func(depth int) *rapid.Generator[string]
	value = func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			kind := rapid.IntRange(0, 5).Draw(t, "kind")
			switch {
			case depth > 0 && kind < 3:
				text := "{"
				for n := range rapid.IntRange(0, 3).Draw(t, "names") {
					if n > 0 {
						text += ","
					}
					text += `"` + name.Draw(t, "name") + `": ` + value(depth-1).Draw(t, "value")
				}
				return text + "}"
			case depth > 0 && kind == 3:
				return "[" + value(depth-1).Draw(t, "first") + "," + value(depth-1).Draw(t, "second") + "]"
			}
			return rapid.SampledFrom([]string{"null", `"x"`, "7", "true", "{}", "[]"}).Draw(t, "scalar")
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := json.RawMessage(value(3).Draw(t, "raw"))
		if got, want := isOfPersons(raw), decodesToPersons(raw); got != want {
			t.Fatalf("%s: %v, want %v", raw, got, want)
		}
	})
}
