package source

import (
	"jerem/agile"
	"jerem/teams"
	"jerem/web/webtest"
	"log/slog"
	"testing"
)

// TestWhileReading: while a cycle writes, the figures of the last one stand and no history is read anew;
// when it ends, what it found is shown.
func TestWhileReading(t *testing.T) {
	conf := webtest.Team("Kubernetes", "K8S")
	b := webtest.Read(t, webtest.Story(), conf)
	s := New(teams.NewCache(b.Store), b.Store, []agile.Team{conf}, "", slog.New(slog.DiscardHandler), nil)
	first, err := s.Team(t.Context(), "Kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Store.Issues.Delete(t.Context(), []int64{first.History().Issues[0].ID}); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again != first {
		t.Errorf("a write within a cycle makes the history be read anew (%v)", err)
	}
	state, err := b.Store.Teams.State(t.Context(), conf.Name)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Store.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	b.Store.Settle()
	second, err := s.Team(t.Context(), "Kubernetes")
	if err != nil || second == first {
		t.Errorf("after the cycle the old history is shown (%v)", err)
	}
	b.Store.Settle()
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again != second {
		t.Errorf("a cycle that found nothing new makes the history be read anew (%v)", err)
	}
}
