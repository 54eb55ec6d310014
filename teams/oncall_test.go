package teams_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
)

// toldOnCall tells of one team what it holds.
type toldOnCall struct {
	rows       *agile.OnCall
	generation int64
}

func (o *toldOnCall) OnCall(context.Context, string) (*agile.OnCall, error) { return o.rows, nil }

func (o *toldOnCall) Generation(context.Context) (int64, error) { return o.generation, nil }

// TestOnCallRaisesTheGeneration: what on-call took is taken in without loading anything, raises the generation and
// makes the series anew; who was given a team before goes on with it. The same rows raise nothing.
func TestOnCallRaisesTheGeneration(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := storytest.NewHistory()
	h.Until = storytest.GeneratedStart
	state := store.TeamState{Name: h.Team.Name, Project: "K", ProjectID: h.ProjectID, Until: h.Until}
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	told := &toldOnCall{}
	cache := teams.NewCache(s)
	cache.OnCall = told
	ask := func() (team *teams.Team, classes string) {
		t.Helper()
		team, err := cache.Team(t.Context(), h.Team)
		if err != nil {
			t.Fatal(err)
		}
		lines, _, _ := team.Lines(t.Context())
		for _, line := range lines {
			classes += line.Key + " "
		}
		return team, classes
	}
	before, classes := ask()
	if before.Measured.Unexpected != nil || strings.Contains(classes, "oncall") {
		t.Fatalf("nobody is on call, and there is %s", classes)
	}
	told.rows = storytest.OnCallOf(h)
	after, classes := ask()
	if after.Generation <= before.Generation || after.Measured.Unexpected == nil ||
		!strings.Contains(classes, "jerem.oncall.callout.count") || before.Measured.Unexpected != nil {
		t.Errorf("generation %d after %d, series %s", after.Generation, before.Generation, classes)
	}
	if again, _ := ask(); again.Generation != after.Generation {
		t.Errorf("the same rows raise the generation from %d to %d", after.Generation, again.Generation)
	}
	state.Until = state.Until.Add(time.Hour)
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	if later, _ := ask(); later.Measured.Unexpected == nil || !later.Measured.Now().Equal(state.Until) {
		t.Error("a later reading forgets what on-call took")
	}
	if loads := cache.Loads(); loads != 1 {
		t.Errorf("%d loads, want 1", loads)
	}
	if next := teams.NextMoment(after.Measured, after.Until.Add(-100*time.Hour)); !next.Before(after.Until) {
		t.Errorf("the next moment is %v: call-outs have none", next)
	}
}
