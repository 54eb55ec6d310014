package health

import (
	"slices"
	"testing"
	"time"

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

// TestBudgetIsTold: a sprint's budget and what counts in it, call-outs too where the team's rule says so; nothing
// without a budget.
func TestBudgetIsTold(t *testing.T) {
	h := storytest.Read(t, `until 2026-11-12
sprint 104 S4 active 2026-11-02 2026-11-20`, `K-1 2026-10-30 sprint=104 points=5 labels=impediment`)
	storytest.LogDaily(h, h.Issues[0].ID, 2, h.Until.AddDate(0, 0, -2), h.Until)
	for _, budget := range []time.Duration{0, 10 * time.Hour} {
		h.Team.Sprint.Budget = budget
		told := map[string]float64{}
		figures{}.putSprints(measure.Of(h), func(d described, value float64, _ ...string) { told[d.name] = value })
		allowed, ok := told["jerem_sprint_budget_seconds"]
		used, counted := told["jerem_sprint_budget_used_seconds"]
		if allowed != budget.Seconds() || ok != (budget > 0) || counted != ok || ok && used != 4*3600 {
			t.Errorf("a budget of %v: told are %v", budget, told)
		}
	}
}
