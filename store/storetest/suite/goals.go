package suite

import (
	"testing"
	"time"

	"jerem/store/storetest"
)

// checkGoalsAreForgotten: no version of a sprint has a goal then, the teams of those that had one are computed anew,
// and forgetting again writes nothing.
func checkGoalsAreForgotten(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.ReadTeam(t, s, storetest.ExampleState())
	for n, goal := range []string{"ship it", "ship half of it"} {
		now := storetest.ExampleSprints()
		now.Seen[0].Goal = goal
		if err := s.Sprints.Put(t.Context(), birth.Add(time.Duration(n)*time.Hour), now); err != nil {
			t.Fatal(err)
		}
	}
	was := storetest.Generations(t, s)["K"]
	if err := s.Sprints.ForgetGoals(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := storetest.Generations(t, s)["K"]
	versions := storetest.History(t, s).Sprints[0].Versions
	if now <= was || len(versions) != 2 || versions[0].Goal+versions[1].Goal != "" {
		t.Errorf("generation %d, then %d, of %+v", was, now, versions)
	}
	before, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sprints.ForgetGoals(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Version(t.Context()); err != nil || after != before {
		t.Errorf("forgetting again: version %d, then %d, %v", before, after, err)
	}
}
