package sync

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/sync/synctest"
)

// rig is a simulated Jira and a reader that reads it.
type rig struct {
	sim     *jirasim.Server
	reader  *Reader
	path    string // of the store
	address string // of what stands before the reader, where a test may change answers
}

func newRig(t *testing.T, site *jirasim.Site, teams ...agile.Team) *rig {
	t.Helper()
	sim := jirasim.NewServer(site, jirasim.Options{Email: "bot@example.org", Token: "token"})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	path := filepath.Join(synctest.MemoryDir(t), "jerem.db")
	s, err := store.Open(context.Background(), storetest.EmptyFile(t, path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &rig{
		sim,
		&Reader{
			Jira:  synctest.NewClient(t, server.URL),
			Store: s,
			Teams: teams,
			Now:   time.Now,
			Log:   slog.New(slog.DiscardHandler),
		},
		path,
		server.URL,
	}
}

// collect reads everything once and returns what is known of a team.
func (r *rig) collect(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return r.kept(t, team)
}

// kept returns what is kept of a team.
func (r *rig) kept(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	return measure.Of(h)
}

// TestRecordedHours: sprints of a real team that estimates in hours, on its sub-tasks.
func TestRecordedHours(t *testing.T) {
	conf := synctest.Team("EE", 8)
	team := newRig(t, synctest.RecordedSite(t, "devlake"), conf).collect(t, conf)
	for id, want := range map[int64]string{
		7: "0 + 0 - 6 + 83 - 49 + 0 = 28; completed 49 outside 0 scope 77 kept 0; to do 28 in 6, doing 0 in 0, " +
			"done 49 in 21; unestimated 13",
		9: "6 + 0 - 6 + 0 - 0 + 0 = 0; completed 0 outside 0 scope 0 kept 0; to do 0 in 0, doing 0 in 0, done " +
			"0 in 0; unestimated 0",
		17: "6 + 0 - 0 + 0 - 6 + 0 = 0; completed 6 outside 0 scope 6 kept 6; to do 0 in 0, doing 0 in 0, done " +
			"6 in 1; unestimated 0",
	} {
		if got := synctest.SprintFigures(t, team, id, 3600); got != want {
			t.Errorf("sprint %d\n got %s\nwant %s", id, got, want)
		}
	}
}

// TestRecordedPoints: the sprint of a real team that estimates in story points.
func TestRecordedPoints(t *testing.T) {
	conf := synctest.Team("SP", 2)
	team := newRig(t, synctest.RecordedSite(t, "jirametrics/site"), conf).collect(t, conf)
	want := "27 + 13 - 0 + 0 - 27 + 0 = 13; completed 27 outside 0 scope 40 kept 27; to do 0 in 0, doing 13 in " +
		"1, done 27 in 2; unestimated 0"
	if got := synctest.SprintFigures(t, team, 3, 1); got != want {
		t.Errorf("sprint 3\n got %s\nwant %s", got, want)
	}
}
