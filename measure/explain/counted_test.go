package explain_test

import (
	"slices"
	"testing"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/storytest"
)

// countedUnits are the units of figures that count things, whatever the things lack.
var countedUnits = []string{catalogue.UnitIssues, catalogue.UnitSprints, catalogue.UnitCallouts, catalogue.UnitItems,
	catalogue.UnitNights, catalogue.UnitDays}

// TestCountsAreWhole: where issues have no estimate and impediments no time, sums of these are limited, and how many
// issues, sprints and impediments there are is known all the same.
func TestCountsAreWhole(t *testing.T) {
	team := measure.Of(storytest.Read(t, `until 2026-11-18T12:00
sprint 1 One closed 2026-10-26T09:00 2026-11-06T18:00 2026-11-06T18:00
sprint 2 Two active 2026-11-09T09:00 2026-11-20T18:00`, `
E-1 2026-10-01 type=epic labels=Q4-26
K-1 2026-10-20 sprint=1 epic=1
  2026-10-28T10:00 status=doing
  2026-11-02T10:00 status=done
K-2 2026-10-20 sprint=1 points=3
  2026-10-29T10:00 status=doing
  2026-11-03T10:00 status=done
K-3 2026-10-20 sprint=2 epic=1
  2026-11-10T10:00 status=doing
K-4 2026-10-20 sprint=2 epic=1
K-5 2026-11-10T10:00 sprint=2 labels=impediment points=1
K-6 2026-10-20 sprint=1
  2026-10-28T10:00 labels=impediment
K-7 2026-10-20 sprint=1 epic=1`))
	at := team.Now()
	name := team.QuarterAt(at)
	list := explain.Quarter(team, team.Quarter(name, at))
	for _, id := range []int64{1, 2} {
		sp, err := team.Sprint(id, at)
		if err != nil {
			t.Fatal(err)
		}
		list = append(append(list, explain.Sprint(team, sp)...), explain.Natures(team, sp)...)
	}
	part, _ := explain.Epic(team, "E-1", name, at)
	whole, _ := explain.EpicAlone(team, "E-1", at)
	from, to := flow.DefaultDates(team, at)
	list = slices.Concat(list, part, whole, explain.Flow(team, flow.Measure(team, at, from, to), flow.Late(team, at)))
	counts, sums := 0, 0
	for _, e := range list {
		counted := slices.Contains(countedUnits, e.Figure.Unit)
		if counted && e.Quality.Grade != grade.Whole {
			t.Errorf("%s %s: %v", e.Figure.Of, e.Figure.Name, e.Quality)
		}
		if isSum(e) && e.Quality.Grade == grade.Whole {
			t.Errorf("%s %s is whole, and rests on what has no estimate or no time", e.Figure.Of, e.Figure.Name)
		}
		if counted {
			counts++
		}
		if isSum(e) {
			sums++
		}
	}
	if counts < 40 || sums < 30 {
		t.Errorf("%d counts and %d sums", counts, sums)
	}
}

// isSum tells whether a figure rests on the estimates or the time that the things it sums up have.
func isSum(e explanation.Explanation) bool {
	return e.Figure.Unit == catalogue.UnitEstimate || e.Figure.Unit == catalogue.UnitEstimateADay ||
		e.Figure.Unit == catalogue.UnitSeconds
}
