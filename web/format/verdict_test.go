package format

import (
	"strings"
	"testing"
)

// TestSignedWorkingDays: days are counted as they are, whatever their sign.
func TestSignedWorkingDays(t *testing.T) {
	for n, want := range map[int]string{0: "0 working days", 1: "+1 working day", -1: "−1 working day",
		5: "+5 working days", -5: "−5 working days"} {
		if got := strings.ReplaceAll(SignedWorkingDays(n), Thin, " "); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
