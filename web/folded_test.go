package web

import (
	"fmt"
	"strings"
	"testing"

	"jerem/testrun"
)

// TestSumOfFoldedEpics: where epics are folded below the sum, the sum says that they are among those it adds up.
func TestSumOfFoldedEpics(t *testing.T) {
	testrun.SkipInShort(t)
	for count, want := range map[int]string{3: "3 epics<", 30: "30 epics, 10 of them below<"} {
		story := bare
		for n := range count - 1 { // it has one
			story += fmt.Sprintf("\n-- BARE-%d Epic \"Epic %d\" --\n2026-09-21 10:00 created labels=Q4-26\n", 100+n, n)
		}
		_, page, _ := get(t, serve(t, []byte(story), bareTeam()), "/teams/Bare/roadmap")
		_, sum, _ := strings.Cut(page, "<tfoot>")
		sum, _, _ = strings.Cut(sum, "</tfoot>")
		if !strings.Contains(sum, want) {
			t.Errorf("the sum of %d epics does not say %q: %s", count, want, sum)
		}
	}
}
