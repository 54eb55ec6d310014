package issue

import (
	"strings"
	"testing"
)

// TestJointsText: what does not join is told in a sentence that agrees with how often, and nothing where all does.
func TestJointsText(t *testing.T) {
	for broken, want := range map[int]string{0: "", 1: "does not join in 1 place: ",
		12: "does not join in 12 places: "} {
		if got := jointsText(broken); !strings.Contains(got, want) || (got == "") != (broken == 0) {
			t.Errorf("%d joints: %q, want %q in it", broken, got, want)
		}
	}
}
