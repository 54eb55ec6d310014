package series

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestSafeJSON: the values are those that were written, and no character of the text steers a terminal.
func TestSafeJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.OneOf(rapid.String(),
			rapid.StringMatching(`[\x00-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2028}\x{2066}a]{0,9}`))).Draw(t, "texts")
		written, err := json.MarshalIndent(texts, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		safe := SafeJSON(written)
		if bytes.ContainsFunc(safe, steersTerminal) {
			t.Fatalf("%q", safe)
		}
		var back []string
		if err := json.Unmarshal(safe, &back); err != nil || len(back) != len(texts) {
			t.Fatalf("%q: %v", safe, err)
		}
		var want []string
		if err := json.Unmarshal(written, &want); err != nil {
			t.Fatal(err)
		}
		for n := range want {
			if back[n] != want[n] {
				t.Fatalf("%q became %q", want[n], back[n])
			}
		}
	})
}
