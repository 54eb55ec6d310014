package source

import (
	"jerem/agile"
	"jerem/web/webtest"
	"log/slog"
	"testing"
	"time"
)

// TestWhileReading: while a cycle writes, the figures of the last one stand and no history is read anew;
// when it ends, what it found is shown.
func TestWhileReading(t *testing.T) {
	conf := webtest.Team("Kubernetes", "K8S")
	b := webtest.Read(t, webtest.Story(), conf)
	s := New(b.Store, []agile.Team{conf}, "", slog.New(slog.DiscardHandler), nil)
	first, err := s.Team(t.Context(), "Kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Store.Behind(t.Context(), "Kubernetes", time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), "Jira is away"); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again != first {
		t.Errorf("a write within a cycle makes the history be read anew (%v)", err)
	}
	if _, err := b.Collect(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again == first {
		t.Errorf("after the cycle the old history is shown (%v)", err)
	}
}
