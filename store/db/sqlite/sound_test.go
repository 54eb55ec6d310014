package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// TestCheckHoldsLittle: a connection holds few pages while it checks the file, and as many as before from then on, also
// where who asked for the check left meanwhile.
func TestCheckHoldsLittle(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.MovedTo()
	sizeOf := func(conn rowQueryer) (size int) {
		if err := conn.QueryRowContext(t.Context(), `PRAGMA cache_size`).Scan(&size); err != nil {
			t.Error(err)
		}
		return size
	}
	before, within := sizeOf(s.write), 0
	if before == -cacheOfCheck {
		t.Errorf("a connection that was checked holds %d KiB", -before)
	}
	ctx, leave := context.WithCancel(t.Context())
	err = withFewPages(ctx, s.write, func(conn *sql.Conn) error {
		within = sizeOf(conn)
		leave()
		return ctx.Err()
	})
	if err == nil || within != -cacheOfCheck || sizeOf(s.write) != before {
		t.Errorf("%d, then %d where it was %d: %v", within, sizeOf(s.write), before, err)
	}
}
