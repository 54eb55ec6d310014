package onpage

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestPastSprints: a sprint counts when it kept enough of its commitment, one without a commitment does not count at
// all; the rows add up to the figure, and the velocity names its range.
func TestPastSprints(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 10, 0)))
	sprint := func(name string, committed, kept float64) *measure.Sprint {
		one := &measure.Sprint{SprintHead: measure.SprintHead{Name: name}, Ledger: &measure.Ledger{Commitment: committed}, Kept: &kept}
		if committed > 0 {
			share := kept / committed
			one.Completion.Kept = &share
		}
		return one
	}
	closed := []*measure.Sprint{sprint("S 3", 10, 8), sprint("S 2", 10, 7), sprint("S 1", 0, 0)}
	e := SprintsKept(team, closed, .8)
	sum := 0.0
	for _, in := range e.Inputs {
		sum += *in.Value
	}
	if e.Numbers != "1 of 2" || *e.Value != 1 || sum != 1 || len(e.Inputs) != 2 || e.Inputs[1].Issue != "S 2" {
		t.Errorf("%s: %v, rows %+v", e.Numbers, *e.Value, e.Inputs)
	}
	v := SprintRates(team, measure.Velocity{Median: 3, Low: 2.5, High: 4, Sprints: []measure.Rate{{ID: 1, Name: "S 1",
		Rate: 2.5}, {ID: 2, Name: "S 2", Rate: 3}, {ID: 3, Name: "S 3", Rate: 4}}})
	if v.Numbers != "the middle of 3 values, between 2.5 and 4, is 3" || len(v.Inputs) != 3 {
		t.Errorf("%q, %d rows", v.Numbers, len(v.Inputs))
	}
}
