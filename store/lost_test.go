package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/ledger"
	"jerem/store/storetest"
	"jerem/testrun"
)

// TestLostPastIsAGap: damaged rows that tell a past which Jira does not tell again leave a gap that lasts; those that
// the next reading brings back leave none.
func TestLostPastIsAGap(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	cases := []struct {
		damage string
		source agile.Source
	}{
		{`UPDATE sprint SET goal = 'other'`, agile.SourceSprints},
		{`DELETE FROM sprint`, agile.SourceSprints},
		{`DELETE FROM team_sprint WHERE sprint = 5`, ""},
		{`DELETE FROM team_sprint WHERE sprint = 6`, agile.SourceSprints},
		{`UPDATE team_impeded SET value = 0`, agile.SourceScope},
		{`DELETE FROM field_name WHERE name = 'Points'`, ""},
		{`DELETE FROM field_name WHERE name = 'Size'`, agile.SourceFields},
		{`UPDATE board SET name = 'other'`, ""},
		{`UPDATE timeline SET events = events || '0'`, ""},
	}
	filled, _ := lived(t)
	for _, c := range cases {
		t.Run(c.damage, func(t *testing.T) {
			t.Parallel()
			path := copyOf(t, filled)
			edited := func() *store.Store {
				s, err := store.Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			s := edited()
			former := storetest.ExampleSprints()
			former.Mine = []int64{5, 6}
			former.Seen = append(
				former.Seen,
				store.SprintSeen{
					ID:            6,
					OriginBoard:   9,
					SprintVersion: agile.SprintVersion{Name: "F", Start: storetest.Birth},
				},
			)
			for _, fields := range [][]agile.Field{{{ID: "customfield_1", Name: "Size"}},
				{{ID: "customfield_1", Name: "Points"}}} {
				if err := s.Metadata.PutFields(t.Context(), fields); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Sprints.Put(t.Context(), storetest.Birth, former); err != nil {
				t.Fatal(err)
			}
			s.Close()
			if edit(t, path, c.damage) == 0 {
				t.Fatal("nothing was damaged")
			}
			s = edited()
			defer s.Close()
			d, err := s.Repair.TakeOut(t.Context())
			if err != nil || len(d.Rows) == 0 {
				t.Fatalf("taken out: %v, %v", d, err)
			}
			if err := s.Teams.Put(t.Context(), storetest.ExampleState()); err != nil {
				t.Fatal(err)
			}
			err = s.Gaps.SetOfTeam(
				t.Context(),
				"K",
				[]agile.Source{agile.SourceSprints, agile.SourceScope, agile.SourceFields},
				storetest.Birth.Add(time.Hour),
				nil,
			)
			if err != nil {
				t.Fatal(err)
			}
			if noted, err := s.Repair.Noted(t.Context()); err != nil ||
				len(noted) == 0 && c.source == agile.SourceFields {
				t.Errorf("damage noted: %v, %v", noted, err)
			}
			if err := s.Repair.Clear(t.Context()); err != nil {
				t.Fatal(err)
			}
			if noted, err := s.Repair.Noted(t.Context()); err != nil || len(noted) > 0 {
				t.Errorf("damage noted after all was read again: %v, %v", noted, err)
			}
			var got agile.Source
			for _, g := range storetest.History(t, s).Gaps {
				if g.Code == agile.GapLost {
					got = g.Source
				}
			}
			if got != c.source {
				t.Errorf("lost is told of %q, should be of %q", got, c.source)
			}
		})
	}
}

// TestLostPartOfLedger: where a part of what stands at a sink is damaged, its series is as one of which nothing is
// known, so that all of it is posted again, and written whole.
func TestLostPartOfLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entry := ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: "c{}", Taken: ledger.Claim{Digest: "1"}},
		Pieces: map[string]ledger.Content{"1": storetest.ExampleContent("last", "a", "b")}}
	put := func() {
		t.Helper()
		if err := s.Ledger.Put(t.Context(), "sink", "K", []ledger.SinkEntry{entry}); err != nil {
			t.Fatal(err)
		}
	}
	parts := func() int {
		t.Helper()
		all, err := s.Ledger.Pieces(t.Context(), "sink", "K", []string{"c{}"})
		if err != nil {
			t.Fatal(err)
		}
		return len(all[ledger.PiecesKey{Series: "c{}", Digest: "1"}])
	}
	put()
	if n := parts(); n != 3 {
		t.Fatalf("%d parts are kept", n)
	}
	edit(t, path, `DELETE FROM sink_part WHERE digest = 'a'`)
	if n := parts(); n != 0 {
		t.Errorf("%d parts are read of a series of which one was lost", n)
	}
	if _, err := s.Repair.TakeOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	put()
	if n := parts(); n != 3 {
		t.Errorf("%d parts are kept after all of it was posted again", n)
	}
}
