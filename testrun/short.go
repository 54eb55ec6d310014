package testrun

import "testing"

// SkipInShort leaves a test to the whole run where -short asks for the quick ones: it starts the program several times,
// or reads a company through all rooms. The race detector, which runs the quick tests too, is there for such tests.
func SkipInShort(t testing.TB) {
	t.Helper()
	if testing.Short() && !Raced {
		t.Skip("is left to the whole run")
	}
}
