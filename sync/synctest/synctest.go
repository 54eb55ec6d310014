// Package synctest holds what tests of reading, checking and posting share: played Jiras and their stories, a client
// that loses no time, a clock that a test moves, answers that a test changes, and figures written out to be compared.
package synctest

import (
	_ "embed"
	"os"
	"path/filepath"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/jira"
	jirasim "jerem/sim/jira"
)

// LivingStory is a story in which much happens while it is followed.
//
//go:embed living.txtar
var LivingStory string

// Team is a team with all defaults.
func Team(name string, board int64) agile.Team {
	return agile.Team{
		Name: name, Project: name, Board: board,
		Calendar:   calendar.Calendar{Start: 9 * time.Hour, End: 18 * time.Hour},
		Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}, DefaultNature: "customfield_11028"},
		Sprint:     agile.SprintRule{History: 6},
		Quarter:    agile.QuarterRule{Label: regexp.MustCompile(`^Q([1-4])-(\d{2})$`), FirstMonth: time.January},
		Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^Project_(.+)$`)},
		Dependency: agile.DependencyRule{Labels: []string{"dependency"}},
	}
}

// DemoSite is the site of the demo's story.
func DemoSite(t *testing.T) *jirasim.Site {
	t.Helper()
	return StorySite(t, string(jirasim.DemoScenario()))
}

// StorySite is the site of a story.
func StorySite(t *testing.T, story string) *jirasim.Site {
	t.Helper()
	site, err := jirasim.LoadScenario("story", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// RecordedSite is a site of recorded Jira data; the test is skipped where there is none.
func RecordedSite(t *testing.T, folder string) *jirasim.Site {
	t.Helper()
	site, err := jirasim.LoadData(RecordedFolder(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// RecordedFolder returns a folder of recorded Jira data; the test is skipped where there is none.
func RecordedFolder(t *testing.T, folder string) string {
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

// NewClient is a client of a played Jira that loses no time.
func NewClient(t *testing.T, address string) *jira.Client {
	t.Helper()
	client, err := jira.New(
		jira.Config{URL: address, Username: Email, Password: Token, Rate: 1000, Pause: time.Millisecond},
	)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// The account that played Jiras let in.
const (
	Email = "bot@example.org"
	Token = "token"
)

// MemoryDir is a folder that is gone after the test, in memory where the system has such a place: a store
// waits for the disk at each write, and these tests write much.
func MemoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "jerem-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// Clock is a played Jira's clock that a test moves.
type Clock struct{ at atomic.Int64 }

// Set moves it.
func (c *Clock) Set(t time.Time) { c.at.Store(t.UnixMicro()) }

// Now reads it.
func (c *Clock) Now() time.Time { return time.UnixMicro(c.at.Load()).UTC() }

// InBothDialects runs a test against Cloud and Data Center; with -short against one of them, by the length of its name,
// so that some tests try either.
func InBothDialects(t *testing.T, test func(t *testing.T, dialect jirasim.Dialect)) {
	t.Helper()
	dialects := []jirasim.Dialect{jirasim.Cloud, jirasim.DataCenter}
	if testing.Short() {
		n := len(t.Name()) % len(dialects)
		dialects = dialects[n : n+1]
	}
	for _, d := range dialects {
		t.Run(string(d), func(t *testing.T) { t.Parallel(); test(t, d) })
	}
}
