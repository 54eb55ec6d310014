package postgres_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/ledger"
	"jerem/store/storetest"
)

// TestLateParts: what a former leader claimed of a long series comes back with all its parts, though the present one
// forgot the series meanwhile.
func TestLateParts(t *testing.T) {
	d, err := postgres.Open(t.Context(), migrated.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := store.New(d)
	lease := func(epoch int64) context.Context {
		return db.Fenced(t.Context(), db.Fence{Part: db.TeamPart("K"), Epoch: epoch})
	}
	former, present := lease(1), lease(2)
	put := func(ctx context.Context, e ledger.SinkEntry) {
		t.Helper()
		if err := s.Ledger.Put(ctx, "sink", "K", []ledger.SinkEntry{e}); err != nil {
			t.Fatal(err)
		}
	}
	claimed := ledger.SinkSeries{Key: "c{}", Tried: ledger.Claim{Digest: "1", Until: storetest.Birth}}
	content := map[string]ledger.Content{"1": storetest.ExampleContent("last", "a", "b")}
	if err := s.Ledger.NoteBatch(former, "sink", "K", ledger.Batch{Until: storetest.Birth}); err != nil {
		t.Fatal(err)
	}
	put(former, ledger.SinkEntry{SinkSeries: claimed, Pieces: content})
	if held, err := s.Ledger.HoldLate(present, "sink", "K"); err != nil || !held {
		t.Fatalf("nothing is held: %v", err)
	}
	put(present, ledger.SinkEntry{SinkSeries: ledger.SinkSeries{Key: "c{}"}})
	count := func(table string) (rows int) {
		t.Helper()
		err := d.Write(present, func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT count(*) FROM `+table).Scan(&rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	if kept, held := count("sink_part"), count("sink_late_part"); kept != 0 || held != 2 {
		t.Errorf("%d parts are kept of a series that left, %d are held", kept, held)
	}
	err = d.Write(present, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE sink_batch SET noted = clock_timestamp() - interval '2 days'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if restored, _, err := s.Ledger.RestoreLate(present, "sink", "K", 0); err != nil || !restored {
		t.Fatalf("nothing is restored: %v", err)
	}
	got, err := s.Ledger.Pieces(present, "sink", "K", []string{"c{}"})
	want := map[ledger.PiecesKey][][]byte{{Series: "c{}", Digest: "1"}: {[]byte("part a"), []byte("part b"),
		[]byte("last")}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +restored):\n%s", err, diff)
	}
	if held := count("sink_late_part"); held != 0 {
		t.Errorf("%d parts are still held", held)
	}
}
