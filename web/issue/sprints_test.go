package issue

import (
	"strings"
	"testing"

	"jerem/measure/issuehistory"
)

// TestCarriedOver: an issue that is carried over from sprint to sprint tells at each step what is new, and its
// timeline the sprint that it is in; what is taken out is told by what is left.
func TestCarriedOver(t *testing.T) {
	names := map[int64]string{1: "One", 2: "Two", 3: "Three"}
	var held []issuehistory.Held[[]int64]
	var steps []stepView
	var lane []string
	for _, ids := range [][]int64{nil, {1}, {1, 2}, {1, 2, 3}, {1, 3}, {1, 3, 4}} {
		held = append(held, issuehistory.Held[[]int64]{Value: ids})
		steps = append(steps, stepView{Said: writeSprints(names, ids)})
		lane = append(lane, writeLatest(names, ids))
	}
	sayAdded(steps, held, names)
	var said []string
	for _, step := range steps {
		said = append(said, step.Said)
	}
	if got := strings.Join(said, "; "); got != "none; One; and Two; and Three; One, Three; and sprint 4" {
		t.Errorf("the steps say %q", got)
	}
	want := "none; One; Two, 1 sprint before; Three, 2 sprints before; Three, 1 sprint before; " +
		"sprint 4, 2 sprints before"
	if got := strings.Join(lane, "; "); got != want {
		t.Errorf("the timeline says %q, want %q", got, want)
	}
}
