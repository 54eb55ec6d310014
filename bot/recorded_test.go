package bot

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/jira"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store"
)

// recorded returns the folder of the recorded Jira data; the test is skipped where there is none.
func recorded(t *testing.T, folder string) string {
	t.Helper()
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "jira")
	}
	dir := filepath.Join(root, folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no recorded Jira data at %s: set JEREM_RECORDED to try them", dir)
	}
	return dir
}

// newTeam is a team with all defaults.
func newTeam(name string, board int64) agile.Team {
	return agile.Team{
		Name: name, Project: name, Board: board,
		Calendar:   calendar.Calendar{Start: 9 * time.Hour, End: 18 * time.Hour},
		Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}},
		Sprint:     agile.SprintRule{History: 6},
		Quarter:    agile.QuarterRule{Label: regexp.MustCompile(`^Q([1-4])-(\d{2})$`), FirstMonth: time.January},
	}
}

// rig is a simulated Jira and a bot that reads it.
type rig struct {
	sim     *jirasim.Server
	bot     *Bot
	path    string // of the store
	address string // of what stands before the bot, where a test may change answers
}

func newRig(t *testing.T, site *jirasim.Site, teams ...agile.Team) *rig {
	t.Helper()
	sim := jirasim.NewServer(site, jirasim.Options{Email: "bot@example.org", Token: "token"})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	path := filepath.Join(memoryDir(t), "jerem.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &rig{sim, &Bot{Jira: newClient(t, server.URL), Store: s, Teams: teams, Log: slog.New(slog.DiscardHandler)}, path, server.URL}
}

// memoryDir is a folder that is gone after the test, in memory where the system has such a place: a store
// waits for the disk at each write, and these tests write much.
func memoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "jerem-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// newClient is a client that loses no time.
func newClient(t *testing.T, address string) *jira.Client {
	t.Helper()
	client, err := jira.New(jira.Config{URL: address, Username: "bot@example.org", Password: "token", Rate: 1000, Pause: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// collect reads everything once and returns what is known of a team.
func (r *rig) collect(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	if _, err := r.bot.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return r.kept(t, team)
}

// kept returns what is kept of a team.
func (r *rig) kept(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	h, err := r.bot.Store.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	return measure.Of(h)
}

func loadData(t *testing.T, folder string) *jirasim.Site {
	t.Helper()
	site, err := jirasim.LoadData(recorded(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// account writes the figures of a sprint, estimates divided by a scale.
func account(t *testing.T, team *measure.Team, id int64, scale float64) string {
	t.Helper()
	s, err := team.Sprint(id, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	l := s.Ledger
	return fmt.Sprintf("%v + %v - %v + %v - %v + %v = %v; completed %v outside %v scope %v kept %v; to do %v in %d, doing %v in %d, done %v in %d; unestimated %d",
		l.Commitment/scale, l.Added/scale, l.Removed/scale, l.Reestimated/scale, l.Completed/scale, l.Reopened/scale, l.Remaining/scale,
		*s.Completed/scale, *s.CompletedOutside/scale, *s.Scope/scale, *s.Kept/scale,
		s.ToDo.Estimate/scale, s.ToDo.Issues, s.Doing.Estimate/scale, s.Doing.Issues, s.Done.Estimate/scale, s.Done.Issues, *s.Unestimated)
}

// TestRecordedHours: sprints of a real team that estimates in hours, on its sub-tasks.
func TestRecordedHours(t *testing.T) {
	conf := newTeam("EE", 8)
	team := newRig(t, loadData(t, "devlake"), conf).collect(t, conf)
	for id, want := range map[int64]string{
		7:  "0 + 0 - 6 + 83 - 49 + 0 = 28; completed 49 outside 0 scope 77 kept 0; to do 28 in 6, doing 0 in 0, done 49 in 21; unestimated 13",
		9:  "6 + 0 - 6 + 0 - 0 + 0 = 0; completed 0 outside 0 scope 0 kept 0; to do 0 in 0, doing 0 in 0, done 0 in 0; unestimated 0",
		17: "6 + 0 - 0 + 0 - 6 + 0 = 0; completed 6 outside 0 scope 6 kept 6; to do 0 in 0, doing 0 in 0, done 6 in 1; unestimated 0",
	} {
		if got := account(t, team, id, 3600); got != want {
			t.Errorf("sprint %d\n got %s\nwant %s", id, got, want)
		}
	}
}

// TestRecordedPoints: the sprint of a real team that estimates in story points.
func TestRecordedPoints(t *testing.T) {
	conf := newTeam("SP", 2)
	team := newRig(t, loadData(t, "jirametrics/site"), conf).collect(t, conf)
	want := "27 + 13 - 0 + 0 - 27 + 0 = 13; completed 27 outside 0 scope 40 kept 27; to do 0 in 0, doing 13 in 1, done 27 in 2; unestimated 0"
	if got := account(t, team, 3, 1); got != want {
		t.Errorf("sprint 3\n got %s\nwant %s", got, want)
	}
}
