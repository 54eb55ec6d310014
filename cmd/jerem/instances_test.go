package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/sim/world"
	"jerem/store/db/postgres/pgtest"
	"jerem/sync/synctest"
)

// cluster is several instances on one database, with a played Jira whose clock a test moves, and a played Warp 10.
type cluster struct {
	jira     string
	projects string // of the configuration
	more     string // further lines of it
	period   string // between readings
	clock    synctest.Clock
	platform *warp10sim.Server
	warp10   string
	database string

	mu      sync.Mutex
	asked   int               // questions to Jira for issues, of all instances
	updates func(next func()) // stands before each update of the platform; nil for nothing
}

// newCluster plays a site from a moment on.
func newCluster(t *testing.T, site *jirasim.Site, projects string, from time.Time) *cluster {
	t.Helper()
	c := &cluster{projects: projects, period: "1s", platform: warp10sim.New(), database: pgtest.Database(t)}
	c.clock.Set(from)
	served := jirasim.NewServer(site, jirasim.Options{Email: serving.SimEmail, Token: serving.SimToken,
		Bearer: serving.SimToken, Now: c.clock.Now})
	c.jira = playServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		if strings.HasSuffix(r.URL.Path, "/issue/bulkfetch") {
			c.asked++
		}
		c.mu.Unlock()
		served.ServeHTTP(w, r)
	}))
	c.warp10 = playServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		before := c.updates
		c.mu.Unlock()
		if before == nil || r.URL.Path != "/api/v0/update" {
			c.platform.ServeHTTP(w, r)
			return
		}
		before(func() { c.platform.ServeHTTP(w, r) })
	}))
	return c
}

func playServer(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// file is a configuration of the cluster's Jira with a store.
func (c *cluster) file(t *testing.T, warp10, store string) string {
	t.Helper()
	return writeConfig(t, "jira: {url: '"+c.jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		", webhook_secret: shared}\nprojects: ["+c.projects+"]\nstore: {"+store+"}\nmetrics: {url: '"+warp10+
		"', token: "+warp10sim.Write+
		"}\nrunner: {period: "+c.period+"}\nlog: {level: debug}\n"+c.more)
}

// instance is a process that serves.
type instance struct {
	command *exec.Cmd
	log     *lockedText
	address string
}

// lockedText is a text that a process writes while it is read.
type lockedText struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedText) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// quietCycle is a line of the log that a cycle without news writes.
var quietCycle = regexp.MustCompile(`(?m)^.* cycle teams=\d+ issues=0 .*\n`)

var openedPages = regexp.MustCompile(`address=(http://[^\s]+)/`)

// start starts an instance on a database and waits until its pages are open.
func (c *cluster) start(t *testing.T, database string, flags ...string) *instance {
	t.Helper()
	i := &instance{log: &lockedText{}}
	config := c.file(t, c.warp10, "url: '"+database+"'")
	i.command = program(t, append([]string{"-c", config, "serve", "--listen", "127.0.0.1:0"}, flags...)...)
	i.command.Stdout, i.command.Stderr = i.log, i.log
	if err := i.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = i.command.Process.Signal(syscall.SIGCONT)
		_ = i.command.Process.Kill()
		_ = i.command.Wait()
		if t.Failed() {
			t.Logf("instance %d:\n%s", i.command.Process.Pid, quietCycle.ReplaceAllString(i.log.String(), ""))
		}
	})
	awaitThat(t, "the pages are open", func() bool { return openedPages.MatchString(i.log.String()) })
	i.address = openedPages.FindStringSubmatch(i.log.String())[1]
	return i
}

// signal sends a signal to an instance.
func (i *instance) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := i.command.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// kill ends an instance without a word.
func (i *instance) kill(t *testing.T) {
	t.Helper()
	i.signal(t, syscall.SIGKILL)
	_ = i.command.Wait() // killed
}

// leads lists what an instance leads by what /readyz says of it, which has to be answered.
func (i *instance) leads(t *testing.T) (parts []string) {
	t.Helper()
	for line := range strings.Lines(fetch(t, i.address+"/readyz")) {
		if part, _, here := strings.Cut(line, " is led by "); here && strings.Contains(line, "this instance") {
			parts = append(parts, part)
		}
	}
	return parts
}

// awaitThat waits until something is so.
func awaitThat(t *testing.T, what string, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatalf("after two minutes still not: %s", what)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// awaitBooks waits until the platform holds, point by point, what one process posts that reads everything at once at
// the present moment of Jira's clock, and holds the export of the database to that of such a process. Meanwhile Jira's
// clock goes on by seconds, in which nothing happens there: what vanished is deleted by a later reading than the one
// that first missed it, and by Jira's clock.
func (c *cluster) awaitBooks(t *testing.T) {
	t.Helper()
	alone := warp10sim.New()
	config := c.file(t, playServer(t, alone), "path: STORE")
	callFine(t, "-c", config, "collect")
	callFine(t, "-c", config, "publish")
	want := slices.Sorted(slices.Values(alone.Points()))
	var got []string
	defer func() {
		if t.Failed() {
			t.Logf("of what one process posts %d points lack, %d stand besides:\n%s", len(pointsLacking(got, want)),
				len(pointsLacking(want, got)),
				strings.Join(firstOf(pointsLacking(got, want), pointsLacking(want, got)), "\n"))
		}
	}()
	start, waited := c.clock.Now(), 0
	awaitThat(t, "the platform holds what one process posts", func() bool {
		got = slices.Sorted(slices.Values(c.platform.Points()))
		if slices.Equal(got, want) {
			return true
		}
		waited++
		c.clock.Set(start.Add(min(time.Duration(waited)*time.Second, latestOfBooks)))
		return false
	})
	shared := c.file(t, c.warp10, "url: '"+c.database+"'")
	if callFine(t, "-c", shared, "export") != callFine(t, "-c", config, "export") {
		t.Error("the export of the database is not that of one process")
	}
}

// latestOfBooks is by how much Jira's clock goes on while books are awaited: within a step of the grid.
const latestOfBooks = time.Minute

// pointsLacking are those of some sorted points that others do not hold.
func pointsLacking(have, of []string) (lacking []string) {
	for _, point := range of {
		if _, found := slices.BinarySearch(have, point); !found {
			lacking = append(lacking, point)
		}
	}
	return lacking
}

// firstOf are the first five of each list.
func firstOf(lists ...[]string) (out []string) {
	for _, list := range lists {
		out = append(out, list[:min(5, len(list))]...)
	}
	return out
}

// threeTeams is a story of three teams whose past is corrected as time goes on.
func threeTeams(t *testing.T) (site *jirasim.Site, projects string, days []time.Time) {
	t.Helper()
	var boards, sprints, issues strings.Builder
	var names []string
	for n, key := range []string{"AAA", "BBB", "CCC"} {
		fmt.Fprintf(&boards, "-- board %d scrum %s \"%s\" --\n", n+1, key, key)
		fmt.Fprintf(&sprints, "%d \"%s 1\" 2026-10-05 09:00 .. 2026-10-23 17:00 board=%d\n", n+1, key, n+1)
		for i := 1; i <= 25; i++ {
			fmt.Fprintf(&issues, "-- %s-%d Story \"Work\" --\n2026-10-0%d %02d:%02d created points=%d sprint=%d\n"+
				"2026-10-%02d 10:00 status=done log 1h\n", key, i, 1+i%6, i%24, i, i%8, n+1, 8+i%12)
		}
		names = append(names, "{name: "+key+"}")
	}
	text := "-- site --\nclock 2026-10-20 12:00\n" + boards.String() + "-- sprints --\n" +
		sprints.String() + issues.String()
	site, err := jirasim.LoadScenario("three teams", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for day := 10; day <= 20; day++ {
		days = append(days, time.Date(2026, 10, day, 9, 50, 0, 0, time.UTC))
	}
	return site, strings.Join(names, ", "), days
}

// startThree starts three instances of three teams, waits until they share the work, and returns first the one that
// reads Jira.
func startThree(t *testing.T) (c *cluster, days []time.Time, reader *instance, others []*instance) {
	t.Helper()
	site, projects, days := threeTeams(t)
	c = newCluster(t, site, projects, days[0])
	all := []*instance{c.start(t, c.database), c.start(t, c.database), c.start(t, c.database)}
	awaitThat(t, "three instances share five parts", func() bool {
		led := 0
		reader, others = nil, nil
		for _, i := range all {
			parts := i.leads(t)
			led += len(parts)
			if len(parts) == 0 {
				return false
			}
			if slices.Contains(parts, "reading") {
				reader = i
			} else {
				others = append(others, i)
			}
		}
		return led == 5 && reader != nil
	})
	return c, days[1:], reader, others
}

// TestInstanceKilled: the one that reads is killed, and then one that leads teams: the last one does all of it, and
// what it ends with is what one process ends with. Nothing is read twice beyond a cycle.
func TestInstanceKilled(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	c, days, reader, others := startThree(t)
	c.awaitBooks(t)
	c.clock.Set(days[2])
	reader.kill(t)
	c.clock.Set(days[4])
	c.awaitBooks(t)
	others[0].kill(t)
	c.clock.Set(days[6])
	c.awaitBooks(t)
	awaitThat(t, "the last one leads all", func() bool { return len(others[1].leads(t)) == 5 })
	if metrics := fetch(t, others[1].address+"/metrics"); !strings.Contains(metrics,
		`jerem_leads{part="reading",team=""} 1`) ||
		!strings.Contains(metrics, `jerem_leads{part="team",team="AAA"} 1`) {
		t.Error("/metrics does not tell what it leads")
	}
	if out := fetch(t, others[1].address+"/readyz"); !strings.HasPrefix(out, "ready\n") {
		t.Errorf("readyz says %s", out)
	}
}

// TestInstancePaused: instances are paused, the one that reads and each of the others in the midst of an update of
// the platform, which arrives after others took over and posted over it. Woken they write nothing, and go on as others.
func TestInstancePaused(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	c, days, reader, others := startThree(t)
	c.awaitBooks(t)
	held := make(chan func(), 100)
	c.mu.Lock()
	c.updates = func(next func()) { // held until the test lets it through, late
		let := make(chan struct{})
		held <- func() { close(let) }
		<-let
		next()
	}
	c.mu.Unlock()
	c.clock.Set(days[3])
	first := <-held // an instance waits for an answer
	for _, i := range []*instance{reader, others[0]} {
		i.signal(t, syscall.SIGSTOP)
	}
	c.mu.Lock()
	c.updates = nil
	c.mu.Unlock()
	awaitThat(t, "the third one leads all", func() bool { return len(others[1].leads(t)) == 5 })
	c.clock.Set(days[6])
	first()
	for len(held) > 0 {
		(<-held)()
	}
	for _, i := range []*instance{reader, others[0]} {
		i.signal(t, syscall.SIGCONT)
	}
	c.awaitBooks(t)
	awaitThat(t, "all three share the work again", func() bool {
		return len(reader.leads(t)) > 0 && len(others[0].leads(t)) > 0 && len(others[1].leads(t)) > 0
	})
	c.clock.Set(days[7])
	c.awaitBooks(t)
}

// TestInstanceCutOff: an instance that does not reach the database leads nothing any more, others do its work, and it
// comes back when it reaches it again.
func TestInstanceCutOff(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	site, projects, days := threeTeams(t)
	c := newCluster(t, site, projects, days[0])
	line := openLine(t, c.database)
	cut := c.start(t, line.url)
	c.awaitBooks(t)
	other := c.start(t, c.database)
	awaitThat(t, "both share the work", func() bool { return len(cut.leads(t)) == 3 && len(other.leads(t)) == 2 })
	c.clock.Set(days[4])
	line.setOpen(false)
	awaitThat(t, "the other one leads all", func() bool { return len(other.leads(t)) == 5 })
	c.clock.Set(days[6])
	c.awaitBooks(t)
	line.setOpen(true)
	awaitThat(t, "both share the work again", func() bool { return len(cut.leads(t)) > 0 && len(other.leads(t)) > 0 })
	c.clock.Set(days[8])
	c.awaitBooks(t)
}

// TestInstancesWithClocksApart: the machines' clocks are hours apart, before and after the database's; it is its clock
// that counts. The one whose clock is ahead is killed, and the one that is behind takes over no sooner and no later.
func TestInstancesWithClocksApart(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	site, projects, days := threeTeams(t)
	c := newCluster(t, site, projects, days[0])
	ahead := c.start(t, c.database, "--ahead=7h")
	behind := c.start(t, c.database, "--ahead=-9h")
	awaitThat(t, "both share the work", func() bool { return len(ahead.leads(t)) == 3 && len(behind.leads(t)) == 2 })
	c.awaitBooks(t)
	c.clock.Set(days[3])
	c.awaitBooks(t)
	ahead.kill(t)
	c.clock.Set(days[6])
	c.awaitBooks(t)
	if led := behind.leads(t); len(led) != 5 {
		t.Errorf("the last one leads %v", led)
	}
}

// TestCompanyByThreeInstances: the demo's company is read by three instances while one after another is killed and
// started again. In the end export and series are those of one process that read all at once. JEREM_INSTANCES tells how
// many are killed, two weeks of the company's time apart.
func TestCompanyByThreeInstances(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	kills := 2
	if n, err := strconv.Atoi(os.Getenv("JEREM_INSTANCES")); err == nil {
		kills = n
	}
	company := world.New(world.DefaultSeed)
	site, err := company.Site()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, team := range company.Teams() {
		names = append(names, "{name: "+team.Key+"}")
	}
	at := company.Clock.AddDate(0, 0, -14*kills)
	c := newCluster(t, site, strings.Join(names, ", "), at)
	all := []*instance{c.start(t, c.database), c.start(t, c.database), c.start(t, c.database)}
	for n := range kills {
		awaitThat(t, "every instance leads something", func() bool {
			return !slices.ContainsFunc(all, func(i *instance) bool { return len(i.leads(t)) == 0 })
		})
		at = at.AddDate(0, 0, 14)
		c.clock.Set(at)
		all[n%3].kill(t)
		all[n%3] = c.start(t, c.database)
	}
	c.awaitBooks(t)
}

// TestHintReachesTheReader: a message of Jira that any instance takes has the one that reads do so at once, an hour
// before its next cycle, and the pages of all show what changed.
func TestHintReachesTheReader(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	site, projects, days := threeTeams(t)
	c := newCluster(t, site, projects, days[0])
	c.period = "1h"
	all := []*instance{c.start(t, c.database), c.start(t, c.database)}
	awaitThat(t, "both share the work, and all is read", func() bool {
		return len(all[0].leads(t)) == 3 && len(all[1].leads(t)) == 2 &&
			strings.HasPrefix(fetch(t, all[1].address+"/readyz"), "ready\n")
	})
	const issue = "/api/v1/teams/AAA/issues/AAA-3"
	before := fetch(t, all[1].address+issue)
	c.clock.Set(days[2]) // it is done on the eleventh
	for _, i := range all {
		if slices.Contains(i.leads(t), "reading") {
			continue
		}
		const message = `{"webhookEvent":"jira:issue_updated","issue":{"id":"3","key":"AAA-3"}}`
		if code := postMessage(t, i.address+"/hooks/jira", "shared", message); code != http.StatusNoContent {
			t.Errorf("a message is answered %d", code)
		}
	}
	for _, i := range all {
		awaitThat(t, "the change is shown", func() bool { return fetch(t, i.address+issue) != before })
	}
}
