package index

import (
	"testing"
	"time"

	"jerem/agile"
)

// TestRecall: a value is computed once for an index as of all its readings, anew for one whose history changed, and no
// more than a few are kept.
func TestRecall(t *testing.T) {
	computed := 0
	ask := func(x *Index, key int) {
		if got := Recall(x, key, func() int { computed++; return key }); got != key {
			t.Errorf("key %d is %d", key, got)
		}
	}
	h := &agile.History{Until: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	x := New(h)
	later := *x
	ask(x, 1)
	ask(&later, 1)
	ask(x, 2)
	if computed != 2 {
		t.Errorf("computed %d times, two values were asked for", computed)
	}
	gone := *h
	y, _, _ := x.Updated(&gone, nil)
	ask(y, 1)
	ask(x, 1)
	if computed != 3 {
		t.Errorf("computed %d times: another history has values of its own, and the one before keeps its own", computed)
	}
	for key := range 100 {
		ask(x, key)
	}
	if kept := x.memo.Len(); kept > 32 {
		t.Errorf("%d values are kept", kept)
	}
}
