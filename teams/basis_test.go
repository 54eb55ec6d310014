package teams_test

import (
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
	"jerem/teams/moved"
)

// TestTeamInTheMiddleOfAReading: a team that is first asked for while a reading goes on is another one once that is
// complete, though the reading keeps nothing more; and nothing tells what it rests on before.
func TestTeamInTheMiddleOfAReading(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Fill(t, s)
	state := storetest.ExampleState()
	state.Until = state.Until.AddDate(0, 0, 1)
	fresh := storetest.PlainIssue(99)
	fresh.Created = state.Until
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: fresh, Read: state.Until}}); err != nil {
		t.Fatal(err)
	}
	cache := teams.NewCache(s)
	ask := func() *teams.Team {
		t.Helper()
		team, err := cache.Team(t.Context(), agile.Team{Name: "K"})
		if err != nil {
			t.Fatal(err)
		}
		return team
	}
	before := ask()
	if before.Basis() != "" {
		t.Errorf("a part of a reading rests on %s", before.Basis())
	}
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	after := ask()
	if len(after.Measured.History().Issues) == len(before.Measured.History().Issues) {
		t.Fatal("the reading brought nothing")
	}
	if after.Generation == before.Generation || after.Basis() == "" {
		t.Errorf("after the reading: generation %d as before, rests on %q", after.Generation, after.Basis())
	}
	if again := ask(); again.Generation != after.Generation || again.Basis() != after.Basis() {
		t.Errorf("asked again: generation %d, want %d", again.Generation, after.Generation)
	}
}

// TestBasisIsNotTold: of a team that rests on more than its own rows in the store, nothing tells in short what it rests
// on; where somebody is on call a digest would let a reader of the store find out when.
func TestBasisIsNotTold(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := storytest.NewHistory()
	h.Until = storytest.GeneratedStart
	err = s.Teams.Put(t.Context(), store.TeamState{Name: h.Team.Name, Project: "K", ProjectID: h.ProjectID, Until: h.Until})
	if err != nil {
		t.Fatal(err)
	}
	for what, prepare := range map[string]func(*teams.Cache){
		"": func(*teams.Cache) {},
		"on call": func(c *teams.Cache) {
			c.OnCall = &toldOnCall{rows: &agile.OnCall{Months: []agile.DutyMonth{{Year: 2026, Month: time.May, People: 2}}}}
		},
		"another Jira": func(c *teams.Cache) {
			former := *h
			c.Moved = map[string]*moved.Joiner{h.Team.Name: moved.NewJoiner(&former, moved.Move{At: h.Until})}
		},
	} {
		cache := teams.NewCache(s)
		prepare(cache)
		team, err := cache.Team(t.Context(), h.Team)
		if err != nil {
			t.Fatal(err)
		}
		if isTold := team.Basis() != ""; isTold != (what == "") {
			t.Errorf("%s: rests on %q", what, team.Basis())
		}
	}
}
