package roster_test

import (
	"testing"

	"jerem/oncall"
	"jerem/oncall/intake"
	"jerem/oncall/roster"
)

// TestAfterLeavesTheStateAlone: a state that somebody reads is not changed by what is kept later.
func TestAfterLeavesTheStateAlone(t *testing.T) {
	before := roster.State{Changes: []oncall.Change{{ID: 1}, {ID: 3}},
		Callouts: []intake.Callout{{ID: 1, Issue: "K8S-1"}}}
	after, ok := before.After(roster.Writes{Changes: []oncall.Change{{ID: 2}, {ID: 3, Seq: 7}},
		Callouts: []intake.Callout{{ID: 1, Issue: "K8S-2"}, {ID: 2}}})
	if !ok || len(after.Changes) != 3 || after.Changes[1].ID != 2 || after.Changes[2].Seq != 7 ||
		after.Callouts[0].Issue != "K8S-2" {
		t.Errorf("after: %+v, %v", after, ok)
	}
	if len(before.Changes) != 2 || before.Changes[1].Seq != 0 || before.Callouts[0].Issue != "K8S-1" {
		t.Errorf("before changed: %+v", before)
	}
	if _, ok := before.After(roster.Writes{Kept: &oncall.Kept{}}); ok {
		t.Error("the past is taken as known without being read")
	}
}
