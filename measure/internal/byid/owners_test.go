package byid

import (
	"fmt"
	"maps"
	"testing"
)

// TestOwners: those that go on tell what a map of Go would, also when they were put together, and those they go on from
// what they told before.
func TestOwners(t *testing.T) {
	first := NewOwners(10)
	want := map[string]int64{}
	for n := range int64(10) {
		first.Set(fmt.Sprint("k-", n), n+1)
		want[fmt.Sprint("k-", n)] = n + 1
	}
	before, former := maps.Clone(want), first
	next := first
	for round := range int64(3 * mostLater / 100) {
		next = next.GoOn()
		for n := range int64(100) {
			text := fmt.Sprint("k-", round*90+n)
			next.Set(text, round+1)
			want[text] = round + 1
		}
		text := fmt.Sprint("k-", round*90+50)
		next.Remove(text)
		delete(want, text)
	}
	check := func(o Owners, want map[string]int64) {
		t.Helper()
		for n := range 4 * mostLater {
			text := fmt.Sprint("k-", n)
			id, ok := want[text]
			if got, is := o.Of(text); got != id || is != ok {
				t.Fatalf("%s is %d's, %v, want %d, %v", text, got, is, id, ok)
			}
		}
	}
	check(next, want)
	check(former, before)
	if len(next.first) < mostLater || len(next.later) > mostLater+100 {
		t.Errorf("%d are known first, %d later: they were not put together", len(next.first), len(next.later))
	}
}
