package measure_test

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestKnownSinceIsKept: since when a team is known is looked for once, however many issues it has: each drawer of a
// page asks for it.
func TestKnownSinceIsKept(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(2_000))
	since := team.KnownSince()
	for _, i := range team.History().Issues {
		if i.Created.Before(since) {
			t.Fatalf("issue %d was created at %v, before %v", i.ID, i.Created, since)
		}
	}
	later := team.AsOf(team.Now().Add(1))
	if got := testing.AllocsPerRun(10, func() { later.KnownSince() }); got > 2 {
		t.Errorf("it is looked for with %v allocations", got)
	}
}
