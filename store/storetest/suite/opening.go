package suite

import (
	"context"
	"testing"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
)

// birth is when all issues of the example were created.
var birth = storetest.Birth

// Opener opens the database of a place, a folder of the test, and makes it where there is none. Opened again after it
// was closed, it holds what was kept.
type Opener func(t testing.TB, place string) db.Database

// openStore opens an empty store for the time of a test.
func openStore(t testing.TB, open Opener) *store.Store {
	t.Helper()
	d := open(t, t.TempDir())
	t.Cleanup(func() { d.Close() })
	return store.New(d)
}

// countRows returns the answer of a query that counts.
func countRows(t testing.TB, d db.Database, query string, args ...any) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, query, args...).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
