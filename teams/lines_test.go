package teams

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"jerem/measure/storytest"
	"jerem/store"
)

// TestTeamIsThereWhileSeriesAreComputed: who wants a team does not wait for who computes its series, and series of a
// team that goes on are kept.
func TestTeamIsThereWhileSeriesAreComputed(t *testing.T) {
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := storytest.NewHistory()
	state := store.TeamState{Name: h.Team.Name, Project: "K", ProjectID: h.ProjectID, Until: storytest.GeneratedStart}
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	cache := NewCache(s)
	first, err := cache.Team(t.Context(), h.Team)
	if err != nil {
		t.Fatal(err)
	}
	first.lines.mu.Lock() // as one who computes them does
	asked := make(chan error)
	go func() {
		_, err := cache.Team(t.Context(), h.Team)
		asked <- err
	}()
	select {
	case err = <-asked:
	case <-time.After(time.Minute):
		t.Fatal("the team was not there")
	}
	first.lines.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if lines, _, err := first.Lines(ended); !errors.Is(err, context.Canceled) || lines != nil {
		t.Errorf("%d series for who was told to end: %v", len(lines), err)
	}
	if _, _, err := first.Lines(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, err := cache.Team(t.Context(), h.Team)
	if err != nil {
		t.Fatal(err)
	}
	if again.lines.edition != again.edition || first.edition != again.edition {
		t.Errorf("series of edition %d are kept, the teams are of %d and %d", again.lines.edition, first.edition,
			again.edition)
	}
}
