package sync

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/sync/synctest"
)

// TestNotedBeforeAKill: a reading that noted an issue as unreadable and was killed before its end leaves no note
// behind once the issue is read.
func TestNotedBeforeAKill(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	if err := r.reader.Store.Gaps.NoteOfIssues(t.Context(), time.Unix(1, 0), []store.Gap{{Team: "K8S",
		Source: agile.SourceIssues, Code: agile.GapUnreadable, Issue: 10003, Key: "K8S-3"}}, nil); err != nil {
		t.Fatal(err)
	}
	r.collect(t, conf)
	if told, err := r.reader.Store.Gaps.OfTeam(t.Context(), "K8S"); err != nil || len(told) > 0 {
		t.Errorf("still told: %v %v", told, err)
	}
}
