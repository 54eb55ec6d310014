package rotas

import (
	"strings"
	"testing"
)

// TestNameOfARota: what is wrong with the name of a rota is told of the rota, and of no team.
func TestNameOfARota(t *testing.T) {
	for name, isFine := range map[string]bool{`a\b`: false, "a{b": false, "a/b": false, "me": false, "k8s": true} {
		message, hint := rotaNameFault(name)
		if (message == "") != isFine || strings.Contains(hint, "team") {
			t.Errorf("%q: %s (%s)", name, message, hint)
		}
	}
}
