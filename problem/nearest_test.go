package problem

import "testing"

// TestSuggest: a word of a few other letters, in another case or without what stands before the last dot is meant to be
// the name nearest to it; a word far from all is none.
func TestSuggest(t *testing.T) {
	names := []string{"ledger.commitment", "ledger.added", "kept", "Kubernetes", "impediments.by_nature", "wip"}
	for word, want := range map[string]string{
		"comitment": "ledger.commitment", "ledger.comitment": "ledger.commitment", "adde": "ledger.added",
		"kubernets": "Kubernetes", "KEPT": "kept", "by_natur": "impediments.by_nature", "wp": "wip",
		"beauty": "", "": "", "x": "", "wup": "wip", "wups": "", "kits": "",
	} {
		if want != "" {
			want = "Did you mean " + want + "? "
		}
		if got := Suggest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := Suggest("x", nil); got != "" {
		t.Errorf("of no names: %q", got)
	}
}
