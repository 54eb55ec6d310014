package chart

import (
	"fmt"
	"testing"

	"jerem/chart/labels"
)

// TestStacksCostLittle: marks that are gathered in stacks cost no list and no text for each place at which they might
// stand; a sprint of many changes has hundreds of them.
func TestStacksCostLittle(t *testing.T) {
	const count = 500
	var marks []Mark
	for n := range count {
		marks = append(marks, Mark{X: float64(n) / count, Kind: Added, Delta: "+5", Word: "added",
			Label: fmt.Sprint("K-", n)})
	}
	for _, screen := range labels.Screens(burndownNarrowest) {
		stacks := stackMarks(marks, screen)
		told := 0
		for _, f := range stacks {
			for i := range f.rowCount() {
				told += len(f.rowAt(i, true).marks)
			}
		}
		if len(stacks) < 2 || told != count {
			t.Errorf("%d stacks tell %d of %d marks", len(stacks), told, count)
		}
		if got := testing.AllocsPerRun(5, func() { stackMarks(marks, screen) }); got > 5*count {
			t.Errorf("%d marks are gathered with %v allocations", count, got)
		}
	}
}
