package access

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	gate "jerem/access"
	"jerem/access/rules"
	"jerem/problem"
	"jerem/store/db"
)

// TestFullDisk: that there is no room for a token is told as that, with the file and what to do.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.access.db")
	s, err := Open(t.Context(), path, Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.db.SetMaxOpenConns(1)
	if _, err := s.db.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	_, token := gate.NewToken(strings.Repeat("x", 1<<20), rules.Viewer, "", time.Now(), time.Time{})
	err = s.AddToken(t.Context(), token)
	if !problem.Is(err, db.Full) || !strings.HasPrefix(err.Error(), path+": the disk is full (Make room; ") {
		t.Errorf("it is told %v", err)
	}
}
