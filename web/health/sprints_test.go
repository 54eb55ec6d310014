package health

import (
	"slices"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestEachActiveSprintIsTold: of two active sprints of one name both are told, under the names of their series.
func TestEachActiveSprintIsTold(t *testing.T) {
	team := measure.Of(storytest.Read(t, `until 2026-11-12
sprint 104 S4 active 2026-11-02 2026-11-20
sprint 105 S4 active 2026-11-09 2026-11-20
sprint 106 bare closed - - - 2026-11-01`, `K-1 2026-10-30 sprint=104 points=5
K-2 2026-10-30 sprint=105 points=3`))
	told := map[string]float64{}
	figures{}.putSprints(team, func(d described, value float64, labels ...string) {
		if d.name == "jerem_sprint_commitment" {
			at := slices.Index(d.labels, "sprint") - 1 // the team is no label of a putter
			told[labels[at]] = value
		}
	})
	if len(told) != 2 || told["S4"] != 5 || told["S4 #105"] != 3 {
		t.Errorf("told are %v", told)
	}
}
