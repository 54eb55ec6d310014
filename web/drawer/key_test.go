package drawer

import (
	"testing"

	"jerem/measure/explain/explanation"
)

// TestKeyOfInput: a day is told once, by its time where it has one; what is of an issue is named by its key.
func TestKeyOfInput(t *testing.T) {
	for want, in := range map[string]explanation.Input{
		"K-1":        {Issue: "K-1", When: "Tue 10 Nov", Date: "2026-11-10"},
		"":           {When: "Tue 10 Nov", Date: "2026-11-10"},
		"2026-11-10": {Date: "2026-11-10"},
	} {
		if got := KeyOfInput(in); got != want {
			t.Errorf("%+v is named %q, want %q", in, got, want)
		}
	}
}
