package sync

import (
	"slices"
	"testing"
	"time"
)

// TestIssuesInOrder: issues that were listed stand in the order of their ids, each once: one that changed between two
// pages of a list, or is in several lists, as it was listed last. That takes no memory of its own.
func TestIssuesInOrder(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 2, 9, minute, 0, 0, time.UTC) }
	list := []listedIssue{{7, at(1)}, {3, at(2)}, {7, at(3)}, {9, at(0)}, {3, at(1)}, {7, at(2)}}
	want := []listedIssue{{3, at(1)}, {7, at(2)}, {9, at(0)}}
	if got := inOrder(slices.Clone(list)); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := inOrder(nil); len(got) > 0 {
		t.Errorf("%v of nothing", got)
	}
	if took := testing.AllocsPerRun(10, func() { inOrder(list) }); took > 0 {
		t.Errorf("%v allocations", took)
	}
}
