package outlook

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestRiskOfAnInitiative: the first risk of an initiative is one of its own epics, in any of its teams, and never what
// stands against other work of the team that decides.
func TestRiskOfAnInitiative(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	late := initiativeTeam("late", at, 400)
	small := storytest.SteadyTeam(at, 4, 400) // its second open issue stands in an epic of another initiative
	small.Team.Name = "small"
	cloud := small.Issues[1]
	cloud.Labels = agile.Constant(cloud.Created, []string{"Project_Cloud", "Q4-26"})
	other := *cloud
	other.ID, other.Key = 9000, agile.Constant(cloud.Created, "K-9000")
	other.Labels = agile.Constant(cloud.Created, []string{"Project_Other", "Q4-26"})
	small.Issues = append(small.Issues, &other)
	open := small.Issues[3]
	open.EpicLink = agile.Constant(open.Created, "K-9000")
	team := Asked{Team: measure.Of(small), At: at}
	if got := riskText(ownRisk(team)); !strings.HasPrefix(got, "K-9000 ") {
		t.Fatalf("the team's own first risk is %q", got)
	}
	row := func(teams []Asked, name string) string {
		r, ok := initiativeRow(teams, name, q426)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		return riskText(r.Risk)
	}
	if got := row([]Asked{team}, "Cloud"); strings.Contains(got, "K-9000") {
		t.Errorf("Cloud alone: %q", got)
	}
	if got := row([]Asked{team}, "Other"); !strings.HasPrefix(got, "K-9000 ") {
		t.Errorf("Other: %q", got)
	}
	if got := row([]Asked{team, late}, "Cloud"); !strings.HasPrefix(got, "K-2 has odds of under 1 %") {
		t.Errorf("Cloud of two teams: %q", got)
	}
}
