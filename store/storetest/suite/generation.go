package suite

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/testrun"
)

// checkGeneration: what raises a team's generation and what leaves it; another team's stays but where all share what
// changed; and it is the same after the store was closed.
func checkGeneration(t *testing.T, open Opener) {
	for n, c := range slices.Concat(issueCases(), gapCases(), stateCases(), sprintCases(), metadataCases(),
		worklogCases(), otherCases()) {
		if testing.Short() && n%3 != 0 { // each fills a database of its own and opens it twice
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			if n%9 != 0 {
				testrun.SkipInShort(t)
			}
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
	storetest.Fill(t, s)
	if err := s.Teams.Put(t.Context(), store.TeamState{Name: "Other", ProjectID: "20",
		Until: birth}); err != nil {
		t.Fatal(err)
	}
	was := loadTeam(t, s, "K")
	before := storetest.Generations(t, s)
	if before["K"] == 0 || before["Other"] == 0 {
		t.Fatalf("teams that were read have generations %v", before)
	}
	if err := c.do(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	after := storetest.Generations(t, s)
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
	if diff := cmp.Diff(after, storetest.Generations(t, s)); diff != "" {
		t.Errorf("after a restart (−before +after):\n%s", diff)
	}
	checkRefreshed(t, s, was)
}

// checkRefreshed: team K is refreshed to what it is when it is read whole, once a reading was complete.
func checkRefreshed(t *testing.T, s *store.Store, was store.Loaded) {
	t.Helper()
	state, err := s.Teams.State(t.Context(), "K")
	if err == nil {
		err = s.Teams.Put(t.Context(), state)
	}
	if err != nil {
		t.Fatal(err)
	}
	now, err := s.Teams.Refresh(t.Context(), agile.Team{Name: "K"}, was)
	if err != nil {
		t.Fatal(err)
	}
	if diff := listDifferences(loadTeam(t, s, "K").History, now.History); diff != "" {
		t.Errorf("refreshed (−whole +refreshed):\n%s", diff)
	}
}
