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
	for digest, want := range map[string]string{"d1": "one", "d2": "two", "d3": ""} {
		if got, err := s.Ledger.Pieces(ctx, "sink", "K", one.Key, digest); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", digest, got, err)
		}
	}
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key, Taken: one.Tried}})
	if got, err := s.Ledger.Pieces(ctx, "sink", "K", one.Key, "d1"); err != nil || got != nil {
		t.Errorf("pieces that no claim names: %q %v", got, err)
	}
	put("K", ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: one.Key}})
	if all, err := s.Ledger.Series(ctx, "sink", "K"); err != nil || len(all) > 0 {
		t.Errorf("%v %v", all, err)
	}
	if all, err := s.Ledger.Series(ctx, "sink", "L"); err != nil || len(all) != 1 {
		t.Errorf("another team's: %v %v", all, err)
	}
}
