package explain_test

import (
	"slices"
	"testing"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/onpage"
)

// TestSprintsOfOneName: sprints that share a name are told apart in what is made of several of them.
func TestSprintsOfOneName(t *testing.T) {
	played := companyRead(t)[0].History()
	h := *played
	h.Sprints = slices.Clone(h.Sprints)
	for n := range h.Sprints {
		versions := slices.Clone(h.Sprints[n].Versions)
		for i := range versions {
			versions[i].Name = "Sprint"
		}
		h.Sprints[n].Versions = versions
	}
	team := measure.Of(&h)
	now := team.Now()
	q := team.Quarter(team.QuarterAt(now), now)
	list := explain.Quarter(team, q)
	v, ok := measure.VelocityOfQuarter(team, q)
	if !ok {
		t.Fatal("no sprint was closed")
	}
	list = append(list, onpage.SprintRates(team, v), onpage.SprintsKept(team, q.PastSprints(), .8))
	told := 0
	for _, e := range list {
		seen := map[string]bool{}
		for _, in := range e.Inputs {
			if in.Term != "rate" && in.Term != "share" && in.Term != "seconds" && in.Term != "sprint" {
				continue
			}
			if seen[in.Issue] {
				t.Errorf("%s: two rows are %q", e.Figure.Name, in.Issue)
			}
			seen[in.Issue] = true
			told++
		}
	}
	if told < 10 {
		t.Errorf("%d rows of sprints", told)
	}
}
