package suite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/store/digests"
)

// checkDigests: the last note of a team and receiver comes back as it was kept, each pair has its own, and no note
// counts as a change of figures.
func checkDigests(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	if n, ok, err := s.Digests.Last(ctx, "K", "slack 1"); ok || err != nil {
		t.Errorf("a note that nobody kept: %v, %v", n, err)
	}
	waiting := digests.Note{Team: "K", Receiver: "slack 1", Due: birth, State: digests.Waiting, Letter: "a 'word'\nΩ",
		Tries: 2, Next: birth.Add(time.Minute)}
	others := []digests.Note{{Team: "K", Receiver: "mail 1", Due: birth, State: digests.Before},
		{Team: "L", Receiver: "slack 1", Due: birth, State: digests.Skipped}}
	before, err := s.Teams.Generations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	later := waiting
	later.Due, later.State, later.Letter, later.Next = birth.AddDate(0, 0, 7), digests.Sent, "", time.Time{}
	for _, n := range append(others, waiting, later) {
		if err := s.Digests.Put(ctx, n); err != nil {
			t.Fatal(err)
		}
		got, ok, err := s.Digests.Last(ctx, n.Team, n.Receiver)
		if diff := cmp.Diff(n, got); diff != "" || !ok || err != nil {
			t.Errorf("a note differs (-want +got), %v %v:\n%s", ok, err, diff)
		}
	}
	for _, n := range others {
		if got, _, err := s.Digests.Last(ctx, n.Team, n.Receiver); !cmp.Equal(n, got) || err != nil {
			t.Errorf("another pair's note is %v, %v", got, err)
		}
	}
	if after, err := s.Teams.Generations(ctx); !cmp.Equal(before, after) || err != nil {
		t.Errorf("notes raise generations: %v, then %v, %v", before, after, err)
	}
}
