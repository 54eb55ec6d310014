package timeseries

import (
	"slices"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/series"
)

// TestCurrentSprintsAreKept: which sprint was active at the noons of the past is asked once, and again where any sprint
// of the team is another.
func TestCurrentSprintsAreKept(t *testing.T) {
	h := storytest.BigHistoryOf(300)
	team := measure.Of(h)
	noons := forecastNoons(team, h.Until)
	var c currentSprints
	found := 0
	for _, at := range noons {
		want, is := team.ActiveSprint(at)
		if got := c.activeAt(team, at); got != want {
			t.Errorf("%v: %d, want %d", at, got, want)
		}
		if is {
			found++
		}
	}
	if found == 0 {
		t.Fatal("no sprint is active at any noon")
	}
	const marked = -7
	c.active[series.Tick(noons[0])] = marked
	later := *h
	later.Sprints = slices.Clone(h.Sprints)
	if got := c.activeAt(measure.Of(&later), noons[0]); got != marked {
		t.Errorf("of the same sprints %d is told, not what is kept", got)
	}
	later.Sprints = slices.Clone(h.Sprints)
	later.Sprints[0].Versions = append([]agile.SprintVersion{}, later.Sprints[0].Versions...)
	later.Sprints[0].Versions[0].Name += " renamed"
	if got := c.activeAt(measure.Of(&later), noons[0]); got == marked {
		t.Error("of other sprints it is told what was kept")
	}
}
