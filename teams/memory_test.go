package teams_test

import (
	"context"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
	"weak"

	"jerem/agile"
	"jerem/measure"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
)

// watching is a context that tells, whenever it is asked, whether a team went.
type watching struct {
	context.Context
	gone func()
}

// Done tells when the context ends.
func (w watching) Done() <-chan struct{} {
	w.gone()
	return w.Context.Done()
}

// TestFormerTeamGoesFirst: a team that has to be read whole is not held while it is read: a large one would stand in
// memory twice.
func TestFormerTeamGoesFirst(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cache, conf := teams.NewCache(s), agile.Team{Name: "K"}
	until := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	storetest.ReadTeam(t, s, store.TeamState{Until: until})
	docs := []store.Doc{{Issue: storetest.PlainIssue(1)}, {Issue: storetest.PlainIssue(2)}}
	if _, err := s.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	load := func(ctx context.Context, issues int) (weak.Pointer[measure.Team], int64) {
		t.Helper()
		team, err := cache.Team(ctx, conf)
		if err != nil || len(team.Measured.History().Issues) != issues {
			t.Fatalf("%v, want %d issues", err, issues)
		}
		return weak.Make(team.Measured), team.Generation
	}
	former, generation := load(t.Context(), 2)
	if err := s.Issues.Delete(t.Context(), []int64{2}, until); err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, store.TeamState{Until: until.Add(time.Hour)})
	var gone atomic.Bool // asked on several goroutines
	ctx := watching{t.Context(), func() {
		if !gone.Load() {
			runtime.GC()
			if former.Value() == nil {
				gone.Store(true)
			}
		}
	}}
	if _, now := load(ctx, 1); now <= generation {
		t.Errorf("generation %d after %d", now, generation)
	}
	if !gone.Load() {
		t.Error("the former team is held until the other one is there")
	}
	if got := cache.Counts(); got != (teams.Counts{Loads: 2}) {
		t.Errorf("%+v", got)
	}
}
