package sync

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// livingRig is a bot that reads a story whose clock a test moves.
func livingRig(t *testing.T, story string, teams ...agile.Team) (*rig, *synctest.Clock) {
	t.Helper()
	site, err := jirasim.LoadScenario("story", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	c := &synctest.Clock{}
	c.Set(site.Clock())
	r := newRig(t, site, teams...)
	r.serve(t, site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now})
	return r, c
}

// serve puts another server before the bot.
func (r *rig) serve(t *testing.T, site *jirasim.Site, options jirasim.Options) {
	t.Helper()
	r.sim = jirasim.NewServer(site, options)
	server := httptest.NewServer(r.sim)
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
}

// TestIncrementalIsFull: a bot that follows a living Jira in small readings knows after each of them
// what a new bot that reads everything at that moment knows.
func TestIncrementalIsFull(t *testing.T) {
	if testing.Short() {
		t.Skip("it follows three stories reading by reading")
	}
	t.Parallel()
	for name, story := range map[string]string{"living": synctest.LivingStory, "demo": string(jirasim.DemoScenario())} {
		t.Run(name, func(t *testing.T) { follow(t, story, synctest.Team("K8S", 0)) })
	}
	t.Run("filter", func(t *testing.T) {
		conf := synctest.Team("K8S", 0)
		conf.Filter = "labels is EMPTY OR labels = impediment"
		follow(t, synctest.LivingStory, conf)
	})
}

func follow(t *testing.T, story string, conf agile.Team) {
	followRig(t, func(t *testing.T) (*rig, *synctest.Clock) { return livingRig(t, story, conf) }, conf)
}

// followRig compares a bot that follows with new ones, each before a Jira of its own.
func followRig(t *testing.T, start func(*testing.T) (*rig, *synctest.Clock), conf agile.Team) {
	r, c := start(t)
	begin := time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)
	for step := range 60 {
		now := begin.Add(time.Duration(step) * 11 * time.Hour)
		c.Set(now)
		got := synctest.Export(t, r.collect(t, conf))
		if step%4 != 3 {
			continue
		}
		other, clock := start(t)
		clock.Set(now)
		if want := synctest.Export(t, other.collect(t, conf)); got != want {
			t.Fatalf(
				"at %v the bot that followed knows something else than one that reads all:\n%s",
				now,
				synctest.FirstDifference(got, want),
			)
		}
	}
}

// TestQuietCycle: where nothing happened, a cycle over ten projects asks three questions: the clock with
// its site, what was changed, what time was logged.
func TestQuietCycle(t *testing.T) {
	story, teams := tenProjects()
	r, c := livingRig(t, story, teams...)
	quiet(t, r, c)
}

// tenProjects is a story of ten small teams.
func tenProjects() (string, []agile.Team) {
	var story strings.Builder
	story.WriteString("-- site --\nclock 2026-10-20 12:00\n")
	var teams []agile.Team
	for n := range 10 {
		key := fmt.Sprintf("P%c", 'A'+n)
		teams = append(teams, synctest.Team(key, 0))
		fmt.Fprintf(&story, "-- board %d scrum %s \"Project %s\" --\nname \"Board\"\n", n+1, key, key)
	}
	story.WriteString("-- sprints --\n")
	for n := range 10 {
		fmt.Fprintf(&story, "%d \"Sprint %d\" 2026-10-05 09:00 .. 2026-10-23 17:00 board=%d\n", n+1, n+1, n+1)
	}
	for n, team := range teams {
		fmt.Fprintf(
			&story,
			"-- %s-1 Epic \"Epic\" --\n2026-10-01 10:00 created labels=Q4-26\n-- %s-2 Story \"Work\" "+
				"--\n2026-10-01 10:00 created points=3 sprint=%d epic=%s-1\n2026-10-07 09:00 log 1h\n",
			team.Project,
			team.Project,
			n+1,
			team.Project,
		)
	}
	return story.String(), teams
}

// quiet reads twice, and counts what the second reading asks.
func quiet(t *testing.T, r *rig, c *synctest.Clock) {
	t.Helper()
	teams := r.reader.Teams
	r.reader.Refresh = time.Hour
	r.collect(t, teams[0])
	c.Set(c.Now().Add(10 * time.Minute))
	r.sim.Reset()
	r.collect(t, teams[0])
	if n := r.reader.Jira.Transport().Requests(); len(r.sim.Requests()) > 3 || n == 0 {
		t.Errorf("a quiet cycle over 10 projects asked %d times: %v", len(r.sim.Requests()), r.sim.Counts())
	}
}

// TestRefreshByEitherClock: the small sets are read again when they are old by Jira's clock too, which runs faster
// than ours where it is simulated: a sprint that begins is known.
func TestRefreshByEitherClock(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r, c := livingRig(t, `-- site --
clock 2026-10-02 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 closed 2026-10-16 17:00
-- K8S-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
`, conf)
	r.reader.Refresh = 10 * time.Minute
	r.collect(t, conf)
	for _, x := range []struct {
		day  int
		want agile.SprintState
	}{{6, agile.Active}, {17, agile.Closed}} {
		c.Set(time.Date(2026, 10, x.day, 12, 0, 0, 0, time.UTC))
		team := r.collect(t, conf)
		if got := team.Sprints(team.Now())[0].State; got != x.want {
			t.Errorf("on %d October the sprint is %s, want %s", x.day, got, x.want)
		}
	}
}

// TestSprintsChange: a sprint that is renamed and moved, and closed later than planned, is known by
// the next reading after the small sets have become old.
func TestSprintsChange(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	story := synctest.LivingStory
	r, c := livingRig(t, story, conf)
	c.Set(time.Date(2026, 10, 13, 12, 0, 0, 0, time.UTC))
	r.collect(t, conf)
	changed, err := jirasim.LoadScenario(
		"story",
		[]byte(regexp.MustCompile(`"Sprint 21" .* next=22`).ReplaceAllString(story,
			`"Sprint 21: the long one" 2026-10-05 09:30 .. 2026-10-19 17:00`)),
	)
	if err != nil {
		t.Fatal(err)
	}
	r.serve(t, changed, jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now})
	c.Set(c.Now().Add(time.Hour))
	team := r.collect(t, conf)
	sp, err := team.Sprint(21, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	if sp.Name != "Sprint 21: the long one" || sp.End == nil || sp.End.Day() != 19 {
		t.Errorf("the sprint is %q until %v", sp.Name, sp.End)
	}
}
