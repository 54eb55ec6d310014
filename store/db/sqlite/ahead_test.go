package sqlite

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"jerem/store/db"
)

// TestReadAhead: what is read ahead is read before the check of the file ends and told after it; it is read once more
// where the file turns out to be another one, and not told where it cannot be checked.
func TestReadAhead(t *testing.T) {
	for what, c := range map[string]struct {
		end   func(s *Database)
		reads int
		fails bool
	}{
		"sound":     {func(*Database) {}, 1, false},
		"mended":    {func(s *Database) { s.mended = true }, 2, false},
		"unchecked": {func(s *Database) { s.checking = context.Canceled }, 1, true},
	} {
		t.Run(what, func(t *testing.T) {
			s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			s.MovedTo()
			s.checked = make(chan struct{})
			read, reads := make(chan struct{}, 2), 0
			var asking sync.WaitGroup
			asking.Go(func() {
				err = s.ReadAhead(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					reads++
					read <- struct{}{}
					return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(new(string))
				})
			})
			<-read // nothing but the end of the check is missing
			c.end(s)
			close(s.checked)
			asking.Wait()
			if reads != c.reads || (err != nil) != c.fails {
				t.Errorf("it is read %d times, want %d: %v", reads, c.reads, err)
			}
		})
	}
}
