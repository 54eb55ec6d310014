package store_test

import (
	"testing"

	"jerem/agile"
	"jerem/store"
	"jerem/store/storetest"
)

// TestGoesOnWithFewChanges: a team is read whole, and let go before, where more than 5,000 of its issues and more than
// half of it differ; with fewer it goes on from what it was.
func TestGoesOnWithFewChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("keeps some 5,000 issues")
	}
	s, ctx := open(t), t.Context()
	// Kept one after the other, so that as many differ as a generation is old: 5,003, 5,002, 5,001 and 5,000.
	storetest.ReadTeam(t, s, store.TeamState{})
	generations := map[int]int64{}
	for differ := 5_003; differ >= 5_000; differ-- {
		generations[differ] = storetest.Generations(t, s)["K"]
		ids := []int64{int64(differ)}
		if differ == 5_000 {
			ids = idsUpTo(differ)
		}
		if _, err := s.Issues.Put(ctx, plainDocs(ids)); err != nil {
			t.Fatal(err)
		}
		storetest.ReadTeam(t, s, store.TeamState{})
	}
	all, err := s.Teams.Load(ctx, agile.Team{Name: "K"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		differ, issues int
		goesOn         bool
	}{
		{5_000, 5_003, true},
		{5_001, 5_003, false},
		{5_000, 10_005, true},
		{5_001, 10_005, true},
		{5_002, 10_005, true},
		{5_003, 10_005, false},
	} {
		was := store.Loaded{History: withMoreIssues(all.History, c.issues), Generation: generations[c.differ]}
		now, goesOn, err := s.Teams.GoOn(ctx, agile.Team{Name: "K"}, was)
		if err != nil {
			t.Fatal(err)
		}
		if goesOn != c.goesOn || goesOn && len(now.Changed) != c.differ {
			t.Errorf("%d of %d issues differ: it goes on %v with %d changed, want %v", c.differ, c.issues, goesOn,
				len(now.Changed), c.goesOn)
		}
	}
}

// idsUpTo are the numbers from one to the last.
func idsUpTo(last int) (ids []int64) {
	for id := 1; id <= last; id++ {
		ids = append(ids, int64(id))
	}
	return ids
}

// plainDocs are issues to which nothing happened.
func plainDocs(ids []int64) (docs []store.Doc) {
	for _, id := range ids {
		docs = append(docs, store.Doc{Issue: storetest.PlainIssue(id), Read: storetest.Birth})
	}
	return docs
}

// withMoreIssues is a history with issues beside its own that are not kept.
func withMoreIssues(h *agile.History, issues int) *agile.History {
	more := *h
	more.Issues = append([]*agile.Issue(nil), h.Issues...)
	for id := len(h.Issues) + 1; id <= issues; id++ {
		more.Issues = append(more.Issues, storetest.PlainIssue(int64(id)))
	}
	return &more
}
