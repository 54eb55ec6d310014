package roster_test

import (
	"slices"
	"testing"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// TestSeenAlerts: of a call-out that holds alerts of two teams somebody knows those of the teams that they may see; who
// was called knows all.
func TestSeenAlerts(t *testing.T) {
	now := civiltest.Instant("2026-01-08T12:00+01:00")
	state := roster.State{Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 1, Team: "Kubernetes"}},
		{Alert: interruption.Alert{ID: 2, Team: "Network"}}},
		Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Person: "ada", Started: now, Ended: now,
			Alerts: []int64{1, 2}}}}
	v := roster.NewView(state, plan.File{}, now)
	row := v.CalloutRows()[0]
	for _, c := range []struct {
		who  roster.Actor
		want []int64
	}{
		{roster.Actor{Teams: []string{"Kubernetes"}}, []int64{1}},
		{roster.Actor{Teams: []string{"Kubernetes"}, Operator: true}, []int64{1}},
		{roster.Actor{Teams: []string{"Kubernetes", "Network"}}, []int64{1, 2}},
		{roster.Actor{Teams: []string{"Kubernetes"}, Handle: "ada"}, []int64{1, 2}},
	} {
		if got := v.SeenAlerts(c.who, row); !slices.Equal(got, c.want) {
			t.Errorf("%+v knows of %v, want %v", c.who, got, c.want)
		}
	}
}
