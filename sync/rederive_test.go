package sync

import (
	"testing"

	"jerem/agile"
	"jerem/jira/translate"
	"jerem/store"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestRederive: what an older version derived is derived again by this one with the next reading, once.
func TestRederive(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	want := synctest.Export(t, r.collect(t, conf))
	if version, err := r.reader.Store.Checkpoints.Translation(t.Context()); err != nil ||
		version != translate.Version {
		t.Fatalf("derived by version %d: %v", version, err)
	}
	spoil := func() {
		t.Helper()
		h, err := r.reader.Store.Teams.History(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range h.Issues {
			i.Status = agile.Constant(i.Created, "1")
			i.Broken = agile.Joints{agile.FieldStatus: 7}
			putIssue(t, r.reader.Store, i)
		}
	}
	spoil()
	if got := synctest.Export(t, r.collect(t, conf)); got == want {
		t.Error("nothing was spoiled")
	}
	if err := r.reader.Store.Checkpoints.SetTranslation(t.Context(), translate.Version-1); err != nil {
		t.Fatal(err)
	}
	if got := synctest.Export(t, r.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
}

// putIssue keeps the timelines of an issue, and leaves what they were derived from.
func putIssue(t *testing.T, s *store.Store, i *agile.Issue) {
	t.Helper()
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: i}}); err != nil {
		t.Fatal(err)
	}
}
