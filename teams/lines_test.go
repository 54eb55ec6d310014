package teams

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
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

// TestLinesOnce: series that are made once are those that are made for others, with the same digests, and what is told
// of the noons of the past is the same; of what another process told nothing is worked out again. Who is told to end
// gets none.
func TestLinesOnce(t *testing.T) {
	issues := int64(500)
	if testing.Short() {
		issues = 150
	}
	h := storytest.BigHistoryOf(issues)
	newTeam := func() *Team {
		return &Team{Until: h.Until, Measured: measure.Of(h), edition: 1, lines: &computedLines{}}
	}
	usual := newTeam()
	want, until, err := usual.Lines(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(want, func(a, b Line) int { return strings.Compare(a.Key, b.Key) })
	check := func(what string, once *Team, wantTold []timeseries.ToldFigures) {
		t.Helper()
		lines, told, steady, err := once.LinesOnce(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line, err := range lines {
			if err != nil {
				t.Fatal(err)
			}
			if n == len(want) {
				t.Fatalf("%s: more than %d series", what, n)
			}
			if line.Key != want[n].Key || line.Digest != want[n].Digest ||
				!reflect.DeepEqual(line.Pieces, want[n].Pieces) {
				t.Errorf("%s: %s differs from %s", what, line.Key, want[n].Key)
			}
			n++
		}
		if n != len(want) || !steady.Equal(until) || !reflect.DeepEqual(told, wantTold) {
			t.Errorf("%s: %d series until %v with %d figures, want %d until %v with %d", what, n, steady, len(told),
				len(want), until, len(wantTold))
		}
	}
	check("nothing told", newTeam(), usual.Told())
	recalling := newTeam()
	recalling.former = func(context.Context, *Team) ([]timeseries.ToldFigures, error) { return usual.Told(), nil }
	check("told by another process", recalling, usual.Told())
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, _, _, err := newTeam().LinesOnce(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("who was told to end gets series: %v", err)
	}
}
