package suite

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/digests"
	"jerem/store/ledger"
	"jerem/store/storetest"
)

// checkCursors: a cursor moves where it is set alone; what changes in a store is found by the sink ledger.
func checkCursors(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	if _, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); ok || err != nil {
		t.Error("a cursor that nobody set", ok, err)
	}
	if err := s.Ledger.SetCursors(ctx, "sink", map[string]time.Time{"K": birth}); err != nil {
		t.Fatal(err)
	}
	if err := s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "77", Name: "New",
		Category: agile.CategoryDoing}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: storetest.PlainIssue(77)}}); err != nil {
		t.Fatal(err)
	}
	if at, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); !ok || err != nil || !at.Equal(birth) {
		t.Errorf("%v, %v, %v", at, ok, err)
	}
}

// checkSinkLedger: what is noted of a series comes back, its pieces as long as a claim names them; a series of which
// nothing stands and nothing is owed leaves the ledger; teams and sinks are apart.
func checkSinkLedger(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	put := func(team string, e ledger.SinkEntry) {
		t.Helper()
		if err := s.Ledger.Put(ctx, "sink", team, []ledger.SinkEntry{e}); err != nil {
			t.Fatal(err)
		}
	}
	one := ledger.SinkSeries{
		Key:     "c{a=b}",
		Taken:   ledger.Claim{Digest: "d1", Step: time.Hour, Until: birth},
		Tried:   ledger.Claim{Digest: "d2", Step: time.Minute, Until: birth.Add(time.Hour)},
		Through: 7,
		Pending: []ledger.PendingDeletion{{First: 1, Last: 5, Since: birth},
			{First: 9, Last: 9, Since: birth.Add(time.Minute)}},
	}
	put("K", ledger.SinkEntry{SinkSeries: one, Pieces: map[string]ledger.Content{"d1": storetest.ExampleContent("one"),
		"d2": storetest.ExampleContent("two", "a", "b")}})
	put("L", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key, Taken: ledger.Claim{Digest: "d1"}}})
	all, err := s.Ledger.Series(ctx, "sink", "K")
	if diff := cmp.Diff(map[string]*ledger.SinkSeries{one.Key: &one}, all); err != nil || diff != "" {
		t.Errorf("%v (−want +got):\n%s", err, diff)
	}
	other := ledger.SinkSeries{Key: "c{a=c}", Taken: ledger.Claim{Digest: "d1"}}
	put("K", ledger.SinkEntry{SinkSeries: other, Pieces: map[string]ledger.Content{
		"d1": storetest.ExampleContent("of another series", "b")}})
	pieces := func(want map[ledger.PiecesKey][][]byte) {
		t.Helper()
		got, err := s.Ledger.Pieces(ctx, "sink", "K", []string{one.Key, other.Key, "c{unknown=}"})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (−want +got):\n%s", err, diff)
		}
	}
	ofOther := ledger.PiecesKey{Series: other.Key, Digest: "d1"}
	kept := map[ledger.PiecesKey][][]byte{{Series: one.Key, Digest: "d1"}: {[]byte("one")},
		{Series: one.Key, Digest: "d2"}: {[]byte("part a"), []byte("part b"), []byte("two")},
		ofOther:                         {[]byte("part b"), []byte("of another series")}}
	pieces(kept)
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key, Taken: one.Tried}})
	delete(kept, ledger.PiecesKey{Series: one.Key, Digest: "d1"}) // which no claim names
	pieces(kept)
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: other.Key}})
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: other.Key}})
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key}})
	if all, err := s.Ledger.Series(ctx, "sink", "K"); err != nil || len(all) > 0 {
		t.Errorf("%v %v", all, err)
	}
	if all, err := s.Ledger.Series(ctx, "sink", "L"); err != nil || len(all) != 1 {
		t.Errorf("another team's: %v %v", all, err)
	}
}

// checkLedgerParts: of content that goes on the parts that are new are made and written alone, and a part stays as long
// as pieces that a claim names have it.
func checkLedgerParts(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	s := store.New(d)
	ctx := t.Context()
	made := 0
	content := func(last string, former ...string) ledger.Content {
		c := storetest.ExampleContent(last, former...)
		for n, part := range c.Former {
			c.Former[n].Pack = func() []byte { made++; return part.Pack() }
		}
		return c
	}
	parts := func() (list []string) {
		t.Helper()
		err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			list = nil
			return tx.Each(ctx, `SELECT digest FROM sink_part ORDER BY digest`, nil, func(scan db.Scan) error {
				var digest string
				err := scan(&digest)
				list = append(list, digest)
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	none := ledger.Claim{}
	claim := func(digest string) ledger.Claim { return ledger.Claim{Digest: digest} }
	for n, step := range []struct {
		taken, tried ledger.Claim
		pieces       map[string]ledger.Content
		made         int
		stand        []string
	}{
		{none, claim("1"), map[string]ledger.Content{"1": content("last", "a", "b", "a")}, 2, []string{"a", "b"}},
		{claim("1"), none, nil, 0, []string{"a", "b"}},
		{claim("1"), none, map[string]ledger.Content{"1": content("other", "x")}, 0, []string{"a", "b"}}, // it is kept
		{claim("1"), claim("2"), map[string]ledger.Content{"2": content("last", "a", "b", "c")}, 1,
			[]string{"a", "b", "c"}},
		{claim("2"), none, nil, 0, []string{"a", "b", "c"}},
		{claim("2"), claim("3"), map[string]ledger.Content{"3": content("last", "a", "z", "c")}, 1,
			[]string{"a", "b", "c", "z"}},
		{claim("3"), none, nil, 0, []string{"a", "c", "z"}},
		{claim("4"), none, map[string]ledger.Content{"4": content("short")}, 0, nil},
		{claim("5"), none, map[string]ledger.Content{"5": content("last", "a")}, 1, []string{"a"}},
		{none, none, nil, 0, nil},
	} {
		made = 0
		entry := ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: "c{}", Taken: step.taken, Tried: step.tried},
			Pieces: step.pieces}
		if err := s.Ledger.Put(ctx, "sink", "K", []ledger.SinkEntry{entry}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.stand, parts()); diff != "" || made != step.made {
			t.Errorf("step %d: %d parts were made, want %d; (-want +kept):\n%s", n, made, step.made, diff)
		}
	}
}

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
