package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/store"
	"jerem/store/ledger"
)

// checkCursors: a cursor moves where it is set alone; what changes in a store is found by the sink ledger.
func checkCursors(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	if _, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); ok || err != nil {
		t.Error("a cursor that nobody set", ok, err)
	}
	if err := s.Ledger.SetCursors(ctx, "sink", map[string]time.Time{"K": Birth}); err != nil {
		t.Fatal(err)
	}
	if err := s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "77", Name: "New",
		Category: agile.CategoryDoing}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: PlainIssue(77)}}); err != nil {
		t.Fatal(err)
	}
	if at, ok, err := s.Ledger.Cursor(ctx, "sink", "K"); !ok || err != nil || !at.Equal(Birth) {
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
		Taken:   ledger.Claim{Digest: "d1", Step: time.Hour, Until: Birth},
		Tried:   ledger.Claim{Digest: "d2", Step: time.Minute, Until: Birth.Add(time.Hour)},
		Through: 7,
		Pending: []ledger.PendingDeletion{{First: 1, Last: 5, Since: Birth},
			{First: 9, Last: 9, Since: Birth.Add(time.Minute)}},
	}
	put("K", ledger.SinkEntry{SinkSeries: one, Pieces: map[string][]byte{"d1": []byte("one"), "d2": []byte("two")}})
	put("L", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key, Taken: ledger.Claim{Digest: "d1"}}})
	all, err := s.Ledger.Series(ctx, "sink", "K")
	if diff := cmp.Diff(map[string]*ledger.SinkSeries{one.Key: &one}, all); err != nil || diff != "" {
		t.Errorf("%v (−want +got):\n%s", err, diff)
	}
	other := ledger.SinkSeries{Key: "c{a=c}", Taken: ledger.Claim{Digest: "d1"}}
	put("K", ledger.SinkEntry{SinkSeries: other, Pieces: map[string][]byte{"d1": []byte("of another series")}})
	pieces := func(want map[ledger.PiecesKey][]byte) {
		t.Helper()
		got, err := s.Ledger.Pieces(ctx, "sink", "K", []string{one.Key, other.Key, "c{unknown=}"})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (−want +got):\n%s", err, diff)
		}
	}
	ofOther := ledger.PiecesKey{Series: other.Key, Digest: "d1"}
	pieces(map[ledger.PiecesKey][]byte{{Series: one.Key, Digest: "d1"}: []byte("one"),
		{Series: one.Key, Digest: "d2"}: []byte("two"), ofOther: []byte("of another series")})
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key, Taken: one.Tried}})
	pieces(map[ledger.PiecesKey][]byte{{Series: one.Key, Digest: "d2"}: []byte("two"),
		ofOther: []byte("of another series")}) // nothing that no claim names
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: other.Key}})
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key}})
	if all, err := s.Ledger.Series(ctx, "sink", "K"); err != nil || len(all) > 0 {
		t.Errorf("%v %v", all, err)
	}
	if all, err := s.Ledger.Series(ctx, "sink", "L"); err != nil || len(all) != 1 {
		t.Errorf("another team's: %v %v", all, err)
	}
}
