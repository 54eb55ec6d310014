package bot

import (
	"testing"

	"jerem/store"
)

// TestNotedBeforeAKill: a reading that noted an issue as unreadable and was killed before its end leaves no note behind once
// the issue is read.
func TestNotedBeforeAKill(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	if err := r.bot.Store.SetUnreadable(t.Context(), nil, []store.Unreadable{{ID: 10003, Key: "K8S-3", Why: "another shape"}}); err != nil {
		t.Fatal(err)
	}
	r.collect(t, conf)
	if told, err := r.bot.Store.Unreadable(t.Context()); err != nil || len(told) > 0 {
		t.Errorf("still told: %v %v", told, err)
	}
}
