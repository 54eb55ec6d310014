package bot

import (
	"testing"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
)

// TestRederive: what an older version derived is derived again by this one with the next reading, once.
func TestRederive(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	want := export(t, r.collect(t, conf))
	if version, err := r.bot.Store.Translation(t.Context()); err != nil || version != jira.TranslationVersion {
		t.Fatalf("derived by version %d: %v", version, err)
	}
	spoil := func() {
		t.Helper()
		h, err := r.bot.Store.History(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range h.Issues {
			i.Status = agile.Constant(i.Created, "1")
			i.Broken = agile.Joints{agile.FieldStatus: 7}
			putIssue(t, r.bot.Store, i)
		}
	}
	spoil()
	if got := export(t, r.collect(t, conf)); got == want {
		t.Error("nothing was spoiled")
	}
	if err := r.bot.Store.SetTranslation(t.Context(), jira.TranslationVersion-1); err != nil {
		t.Fatal(err)
	}
	if got := export(t, r.collect(t, conf)); got != want {
		t.Error(firstDifference(got, want))
	}
}

// putIssue keeps the timelines of an issue, and leaves what they were derived from.
func putIssue(t *testing.T, s *store.Store, i *agile.Issue) {
	t.Helper()
	if _, err := s.PutIssues(t.Context(), []store.Doc{{Issue: i}}); err != nil {
		t.Fatal(err)
	}
}
