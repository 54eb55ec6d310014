package sync

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/store"
	"jerem/store/db/sqlite"
	"jerem/sync/issues"
	"jerem/sync/synctest"
)

// TestListedAgainIsRemembered: when issues were last changed is not looked up again while the overlap lists them again;
// it is once they were written, deleted, or somebody else may have written. What was deleted here and is listed is
// read.
func TestListedAgainIsRemembered(t *testing.T) {
	const story = "-- site --\nclock 2026-10-06 12:00\n-- board 1 scrum K8S \"Kubernetes\" --\n-- sprints --\n" +
		"-- K8S-1 Story \"One\" --\n2026-10-01 10:00 created points=3\n2026-10-06 11:59 points=5\n" +
		"-- K8S-2 Story \"Two\" --\n2026-10-01 10:00 created points=3\n2026-10-06 11:59 points=5\n" +
		"2026-10-06 12:03 points=8\n"
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, story, conf)
	path := filepath.Join(t.TempDir(), "jerem.db")
	d, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r.reader.Store, r.reader.Refresh = store.New(d), 1<<40
	asked := 0
	d.SetTrace(func(query string) {
		if strings.HasPrefix(query, "SELECT id, updated FROM issue") {
			asked++
		}
	})
	read := func(wantAsked, wantRead int) {
		t.Helper()
		clock.Set(clock.Now().Add(time.Minute))
		asked = 0
		done, err := r.reader.Collect(t.Context(), false)
		if err != nil || asked != wantAsked || done[0].Issues != wantRead {
			t.Errorf("as of %v the store was asked %d times and %d issues were read, want %d and %d: %v", clock.Now(),
				asked, done[0].Issues, wantAsked, wantRead, err)
		}
	}
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	read(1, 0)
	read(0, 0)
	read(0, 1) // which is remembered, so that it is told from what came
	read(1, 0)
	read(0, 0)
	r.reader.TakeOver()
	read(1, 0)
	if _, err := openFile(t, path).Exec(`DELETE FROM issue WHERE id = (SELECT min(id) FROM issue)`); err != nil {
		t.Fatal(err)
	}
	read(1, 1)
	pass := &reading{chunkSize: 1, store: r.reader.Store, log: r.reader.Log, at: clock.Now(), epics: &r.reader.epics,
		keeper: issues.Keeper{Updates: &r.reader.updates}}
	kept, _, err := r.reader.Store.Issues.IDs(t.Context())
	if err != nil || len(kept) != 2 {
		t.Fatalf("%d issues are kept: %v", len(kept), err)
	}
	if err := pass.forgetIssues(t.Context(), slices.Sorted(maps.Keys(kept))); err != nil {
		t.Fatal(err)
	}
	read(3, 2) // also as what is read comes: it may be older than what is kept
}
