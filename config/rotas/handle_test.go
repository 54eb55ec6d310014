package rotas

import (
	"strings"
	"testing"
)

// TestHandles: what may be a handle, at its bounds.
func TestHandles(t *testing.T) {
	for text, want := range map[string]bool{
		"a": true, "ada.lovelace-2_x": true, "Žofie": true, "7": true, strings.Repeat("ž", 40): true,
		"": false, strings.Repeat("a", 41): false, "-a": false, ".a": false, "a b": false, "a\n": false, "a\xff": false,
	} {
		if got := isHandle(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
