package initiatives

import (
	"strings"
	"testing"

	"jerem/web/format"
)

// TestPanelsAreFolded: of many panels the first stand open and the rest is folded, none is lost, and of a group that is
// parted the rest goes on.
func TestPanelsAreFolded(t *testing.T) {
	for _, c := range []struct {
		groups        []int
		shown, folded int
		goesOn        bool
	}{
		{[]int{12, 13}, 25, 0, false},
		{[]int{12, 8, 40}, 20, 40, false},
		{[]int{12, 40}, 20, 32, true},
		{[]int{60}, 20, 40, true},
	} {
		v := View{}
		for _, n := range c.groups {
			v.Groups = append(v.Groups, Group{Panels: make([]Panel, n)})
		}
		v.fold()
		shown := 0
		for _, g := range v.Shown {
			shown += len(g.Panels)
		}
		if shown != c.shown || v.CountFolded() != c.folded {
			t.Errorf("%v: %d stand open and %d are folded, want %d and %d", c.groups, shown, v.CountFolded(), c.shown,
				c.folded)
		}
		if c.folded > 0 && v.Folded[0].GoesOn != c.goesOn {
			t.Errorf("%v: the first that is folded goes on: %v, want %v", c.groups, v.Folded[0].GoesOn, c.goesOn)
		}
	}
}

// TestPastQuarterIsTold: what remained of a quarter that is over is told in the past tense.
func TestPastQuarterIsTold(t *testing.T) {
	open, done := Group{Name: "Network", Done: "4", Total: "12 points", done: 4, total: 12}, Group{done: 12, total: 12}
	for _, c := range []struct {
		group     Group
		now, then string
	}{
		{open, "Most remains in Network: ", "Most remained in Network: "},
		{done, "All that is estimated is done", "All that was estimated was done"},
	} {
		groups := []Group{c.group}
		now, then := readingOf(groups, format.Words{}, false), readingOf(groups, format.Words{}, true)
		if !strings.HasPrefix(string(now), c.now) || !strings.HasPrefix(string(then), c.then) {
			t.Errorf("told %q and %q", now, then)
		}
	}
}
