package explain_test

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// teamsOfCloud are two teams of the initiative Cloud: one can tell dates, one has no history.
func teamsOfCloud() (old, young outlook.Asked) {
	team := func(name string, number int64, now time.Time) outlook.Asked {
		h := storytest.SteadyTeam(now, 60)
		storytest.SetApart(h, number)
		h.Team.Name = name
		h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Project_Cloud", "Q4-26"})
		return outlook.Asked{Team: measure.Of(h), At: now}
	}
	return team("old", 1, time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)),
		team("young", 2, storytest.SteadyStart.AddDate(0, 0, 3))
}

// TestAtBestOpens: where a team of an initiative has no history the figures of the others open under at_best, with whom
// they lack, and those of all of them say why they are not told.
func TestAtBestOpens(t *testing.T) {
	old, young := teamsOfCloud()
	quarter, _ := measure.ParseQuarter("Q4-26")
	opened := func(teams ...outlook.Asked) map[string]explanation.Explanation {
		list, _ := explain.Initiative(teams, "Cloud", quarter)
		byName := map[string]explanation.Explanation{}
		for _, e := range list {
			byName[e.Figure.Name] = e
		}
		return byName
	}
	both, alone := opened(old, young), opened(old)
	for _, name := range []string{"odds", "dates.p50", "dates.p70", "dates.p85", "dates.p95"} {
		best, known := both["at_best."+name], alone[name]
		if best.Shown.Value != known.Shown.Value || len(best.Inputs) != len(known.Inputs) || len(best.Inputs) == 0 ||
			!strings.Contains(strings.Join(best.Notes, " "), "without young") {
			t.Errorf("%s at best is %s with %d inputs, of the old team alone %s with %d: %q", name, best.Shown.Value,
				len(best.Inputs), known.Shown.Value, len(known.Inputs), best.Notes)
		}
		if e := both[name]; e.Value != nil || e.Date != nil || !strings.HasPrefix(e.Numbers, "young: cannot tell yet") {
			t.Errorf("%s of both: %s, %q", name, e.Shown.Value, e.Numbers)
		}
		if e := alone["at_best."+name]; e.Value != nil || e.Numbers != "every team can tell: see "+name {
			t.Errorf("%s at best of one team: %s, %q", name, e.Shown.Value, e.Numbers)
		}
	}
}
