package storetest

import (
	"context"
	"slices"
	"testing"

	"jerem/store"

	"github.com/google/go-cmp/cmp"
)

// generationCase is a write, and whose generation it raises.
type generationCase struct {
	name   string
	do     func(context.Context, *store.Store) error
	raises string
}

const (
	rests = ""            // nobody's
	ours  = "K"           // team K's alone
	both  = "K and Other" // team Other's too
)

// checkGeneration: what raises a team's generation and what leaves it; another team's stays but where all share what
// changed; and it is the same after the store was closed.
func checkGeneration(t *testing.T, open Opener) {
	for _, c := range slices.Concat(issueCases(), gapCases(), stateCases(), sprintCases(), metadataCases(),
		worklogCases(), otherCases()) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkRaises(t, open, c)
		})
	}
}

// checkRaises does a write and looks at the generations before, after, and after a restart.
func checkRaises(t *testing.T, open Opener, c generationCase) {
	t.Helper()
	place := t.TempDir()
	s := store.New(open(t, place))
	Fill(t, s)
	if err := s.Teams.Put(t.Context(), store.TeamState{Name: "Other", ProjectID: "20",
		Until: Birth}); err != nil {
		t.Fatal(err)
	}
	before := Generations(t, s)
	if before["K"] == 0 || before["Other"] == 0 {
		t.Fatalf("teams that were read have generations %v", before)
	}
	if err := c.do(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	after := Generations(t, s)
	if raised := after["K"] > before["K"]; raised != (c.raises != rests) || after["K"] < before["K"] {
		t.Errorf(
			"team K goes from %d to %d; it should be raised: %v",
			before["K"],
			after["K"],
			c.raises != rests,
		)
	}
	if raised := after["Other"] != before["Other"]; raised != (c.raises == both) {
		t.Errorf(
			"team Other goes from %d to %d; it should be raised: %v",
			before["Other"],
			after["Other"],
			c.raises == both,
		)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = store.New(open(t, place))
	defer s.Close()
	if diff := cmp.Diff(after, Generations(t, s)); diff != "" {
		t.Errorf("after a restart (−before +after):\n%s", diff)
	}
}

// Generations returns the generations of all teams.
func Generations(t testing.TB, s *store.Store) map[string]int64 {
	t.Helper()
	all, err := s.Teams.Generations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for team, value := range all {
		if one, err := s.Teams.Generation(context.Background(), team); err != nil || one != value {
			t.Fatalf("team %s alone: %d, %v; among all: %d", team, one, err, value)
		}
	}
	return all
}
