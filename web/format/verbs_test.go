package format

import (
	"testing"

	"jerem/agile"
)

// TestVerbsOfAmounts: a verb goes with the amount as it is written.
func TestVerbsOfAmounts(t *testing.T) {
	for amount, want := range map[float64]string{0: "are were remain", 1: "is was remains", 2: "are were remain",
		0.5: "are were remain"} {
		w := Words{Unit: agile.Points}
		if got := w.Are(amount) + " " + w.Were(amount) + " " + w.Remain(amount); got != want {
			t.Errorf("%v: %s, want %s", amount, got, want)
		}
	}
}
