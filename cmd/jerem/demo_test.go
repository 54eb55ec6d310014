package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"math"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/setup"
	"jerem/sim/world"
)

// playDemo runs the demo and returns the address that it tells, without the last slash. It is stopped with the test,
// and a stop that was asked for is no failure.
func playDemo(t *testing.T, flags ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, append([]string{"demo", "--listen",
			"127.0.0.1:0"}, flags...), func(string) string { return "" }, nil, writer, io.Discard)
		writer.Close()
	})
	t.Cleanup(func() {
		stop()
		done.Wait()
		if failed != nil {
			t.Errorf("the demo: %v", failed)
		}
	})
	var line [256]byte
	n, err := reader.Read(line[:])
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, reader)
	return strings.TrimSuffix(strings.TrimSpace(string(line[:n])), "/")
}

// TestDemo: the demo tells the address of pages that are there: of teams in mid-sprint and of one without sprints.
func TestDemo(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	address := playDemo(t)
	portfolio := fetch(t, address+"/")
	for _, x := range world.New(world.DefaultSeed).Teams() {
		if !strings.Contains(portfolio, x.Name) {
			t.Errorf("the portfolio does not show %s", x.Name)
		}
		page := fetch(t, address+"/teams/"+url.PathEscape(x.Name))
		wants := []string{x.Name + " 1", "Burndown", "Impediments"}
		if x.Kanban {
			wants = []string{x.Name, "Kanban board has no sprints"}
		}
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("the page of %s does not say %q", x.Name, want)
			}
		}
	}
	if health := fetch(t, address+"/healthz"); health != "ok\n" {
		t.Errorf("healthz says %q", health)
	}
}

// TestDemoWithALongPast: who meets the company a year later finds the record of its own forecasts.
func TestDemoWithALongPast(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	address := playDemo(t, "--speed", "0", "--from", "2027-11-16")
	page := fetch(t, address+"/teams/Network/roadmap")
	if !strings.Contains(page, "Tue 16 Nov 2027") {
		t.Error("the page is not of the day that was asked for")
	}
	if held := regexp.MustCompile(`[1-9] such dates \d held`).FindString(page); held == "" ||
		!strings.Contains(page, `id="t-record"`) {
		t.Errorf("no record of its own: %q", held)
	}
	opened := &numbers{t, address, map[string]map[string]any{}, map[string]int{}}
	opened.check("forecast", "/api/v1/teams/Network/forecast?quarter=Q4-27", "Network")
	for _, path := range []string{"calibration.dots.took", "calibration.at.low", "calibration.pinball.loss"} {
		if opened.seen["forecast "+path] == 0 {
			t.Errorf("%s is not told", path)
		}
	}
}

// checkLinks: what the pages of the demo open in Jira are pages that tell the issue, for a browser without a login.
func (d standingDemo) checkLinks(t *testing.T) {
	opened := 0
	for _, team := range d.company.Teams() {
		page := fetch(t, d.address+"/teams/"+url.PathEscape(team.Name))
		for _, part := range strings.Split(page, `href="`)[1:] {
			to, _, _ := strings.Cut(part, `"`)
			to = html.UnescapeString(to)
			jira, key, ok := strings.Cut(to, "/browse/")
			if !ok && !strings.Contains(to, "/issues/?jql=") {
				continue
			}
			if body := fetch(t, to); !strings.Contains(body, "simulated Jira") || !strings.Contains(body, key) ||
				strings.HasPrefix(body, "{") {
				t.Errorf("%s (%s) opens %.200s", to, jira, body)
			}
			opened++
		}
	}
	if opened < 6 {
		t.Errorf("only %d links lead into Jira", opened)
	}
}

// TestDemoBeginsAgain: when the company's story is told it begins again, at the same addresses, from nothing.
func TestDemoBeginsAgain(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	ctx, stop := context.WithCancel(t.Context())
	lives := make(chan context.CancelFunc, 1)
	lifetime := func(ctx context.Context, _ *world.World) (context.Context, context.CancelFunc) {
		ctx, end := context.WithCancel(ctx)
		lives <- end
		return ctx, end
	}
	reader, writer := io.Pipe()
	said := &strings.Builder{}
	e := &setup.Environment{Ctx: ctx, Getenv: func(string) string { return "" }, Stdout: writer, Stderr: said}
	ended := make(chan error, 1)
	go func() {
		ended <- serving.Demo{Listen: "127.0.0.1:0", Seed: world.DefaultSeed, Speed: 0}.PlayLives(e, lifetime)
	}()
	line := make([]byte, 256)
	n, err := reader.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSuffix(strings.TrimSpace(string(line[:n])), "/")
	before := fetch(t, address+"/teams/Kubernetes")
	endOfFirst := <-lives
	endOfFirst()
	endOfSecond := <-lives
	for {
		if res, err := http.Get(address + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		if len(ended) > 0 {
			t.Fatalf("it ended: %v", <-ended)
		}
	}
	links := func(page string) string {
		return regexp.MustCompile(`href="http://[^"/]*/(browse|issues)/`).FindString(page)
	}
	if after := fetch(t, address+"/teams/Kubernetes"); links(after) != links(before) || links(after) == "" {
		t.Errorf("a link into Jira was %q and is %q", links(before), links(after))
	}
	stop()
	if err := <-ended; err != nil || !strings.Contains(said.String(), "begins again") {
		t.Errorf("stopped: %v; it said %q", err, said)
	}
	endOfSecond()
}

// TestDemoFigures: while the demo's time flies every figure that its API tells is the one of the company's books. With
// JEREM_DEMO_MINUTES it plays so long at the speed that people see.
func TestDemoFigures(t *testing.T) { // not beside others: its time flies by ours
	skipSlow(t)
	minutes, _ := strconv.Atoi(os.Getenv("JEREM_DEMO_MINUTES"))
	p := &play{world: world.New(5), speed: 60000, began: time.Now()}
	if minutes > 0 {
		p.speed = 1440
	}
	p.address = playDemo(t, "--seed", "5", "--speed", strconv.Itoa(p.speed))
	until := p.world.Clock.AddDate(0, 0, max(minutes, 3))
	for read := range readings(t, p.address) {
		if read.Before(until) {
			continue
		}
		checked := 0
		for _, team := range p.world.Teams() {
			checked += p.judge(t, team)
		}
		t.Logf("%d figures at %v, %v after it began", checked, read, read.Sub(p.world.Clock))
		return
	}
}

// play is a demo under way.
type play struct {
	world   *world.World
	speed   int
	began   time.Time // ours, before its clock began to run
	address string
}

// now returns a moment that the company's clock has not reached yet.
func (p *play) now() time.Time {
	return p.world.Clock.Add(time.Duration(float64(time.Since(p.began)) * float64(p.speed)))
}

// readings yields when Jira was last read, again and again, each time once.
func readings(t *testing.T, address string) func(func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		var last time.Time
		for range time.Tick(50 * time.Millisecond) {
			if now := readUntil(t, address); now.After(last) {
				last = now
				if !yield(now) {
					return
				}
			}
		}
	}
}

func readUntil(t *testing.T, address string) time.Time {
	t.Helper()
	var teams []struct {
		Until time.Time `json:"read_until"`
	}
	ask(t, address+"/api/v1/teams", &teams)
	out := teams[0].Until
	for _, x := range teams {
		if x.Until.Before(out) {
			out = x.Until
		}
	}
	return out
}

func ask(t *testing.T, address string, into any) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", address, res.Status)
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// judge compares all that the API tells of a team with the books and returns how many figures that were. A reading
// takes its time, and so long the company goes on; what it erased and corrected meanwhile may be known in part. The
// next reading knows it all, so two in a row are not both wrong.
func (p *play) judge(t *testing.T, team world.Team) int {
	t.Helper()
	first := time.Time{}
	for {
		read, figures, wrong := p.compare(t, team)
		switch {
		case wrong == "":
			return figures
		case first.IsZero():
			first = read
		case read.After(first):
			t.Fatalf("%s read at %v:\n%s", team.Name, read, wrong)
		}
	}
}

// compare takes the figures of one reading, at a moment a little before it, for Jira does not tell the last minute of
// time logged. Deletions and corrections leave no history: they may be known from any moment of the reading.
func (p *play) compare(t *testing.T, team world.Team) (read time.Time, figures int, wrong string) {
	t.Helper()
	var got map[string]float64
	var at time.Time
	for again := true; again; again = !readUntil(t, p.address).Equal(read) { // a next one ended meanwhile
		read = readUntil(t, p.address)
		at = read.Add(-2 * time.Minute)
		got = told(t, p.address+"/api/v1/teams/"+url.PathEscape(team.Name), at)
	}
	for _, known := range append([]time.Time{read}, p.world.Unhistoric(read, p.now())...) {
		want := booked(p.world.Books(team.Key, known, at))
		d := apart(got, want)
		if d == "" {
			return read, len(want), ""
		}
		if wrong == "" || len(d) < len(wrong) {
			wrong = d
		}
	}
	return read, 0, wrong
}

// told asks the API for every figure of every sprint begun and every quarter.
func told(t *testing.T, team string, at time.Time) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	query := "?at=" + url.QueryEscape(at.Format(time.RFC3339Nano))
	var sprints []struct{ ID int }
	ask(t, team+"/sprints"+query, &sprints)
	for _, s := range sprints {
		var x map[string]any
		ask(t, fmt.Sprintf("%s/sprints/%d%s", team, s.ID, query), &x)
		if ledger, ok := x["ledger"].(map[string]any); ok {
			delete(ledger, "entries")
			flatten(out, fmt.Sprintf("sprint %d ledger ", s.ID), ledger)
			for _, name := range []string{"completed", "completed_outside", "scope", "kept", "unestimated",
				"dependency"} {
				flatten(out, fmt.Sprintf("sprint %d %s", s.ID, name), x[name])
			}
			for _, name := range []string{"todo", "doing", "done"} {
				flatten(out, fmt.Sprintf("sprint %d %s ", s.ID, name), x[name])
			}
			trouble := x["impediments"].(map[string]any)
			for _, name := range []string{"count", "seconds", "without_time", "logged_seconds"} {
				flatten(out, fmt.Sprintf("sprint %d impediments %s", s.ID, name), trouble[name])
			}
			for _, n := range trouble["by_nature"].([]any) {
				n := n.(map[string]any)
				out[fmt.Sprintf("sprint %d nature %s count", s.ID, n["nature"])] = n["count"].(float64)
				out[fmt.Sprintf("sprint %d nature %s seconds", s.ID, n["nature"])] = n["seconds"].(float64)
			}
			for _, d := range trouble["daily"].([]any) {
				d := d.(map[string]any)
				out[fmt.Sprintf("sprint %d on %s", s.ID, d["date"])] = d["seconds"].(float64)
			}
		}
	}
	var quarters []struct{ Quarter string }
	ask(t, team+"/quarters"+query, &quarters)
	for _, q := range quarters {
		var x map[string]any
		ask(t, team+"/quarters/"+q.Quarter+query, &x)
		for _, name := range []string{"total", "done", "doing", "todo", "remaining", "baseline", "growth",
			"progression", "working_days_left",
			"days_to_complete", "slack_days", "average_completion", "average_impediment_seconds"} {
			flatten(out, q.Quarter+" "+name, x[name])
		}
		if v, ok := x["velocity"].(map[string]any); ok {
			flatten(out, q.Quarter+" velocity", v["median"])
		}
		for _, e := range x["epics"].([]any) {
			e := e.(map[string]any)
			for _, name := range []string{"total", "done", "doing", "unestimated", "dependency"} {
				flatten(out, fmt.Sprintf("%s %s %s", q.Quarter, e["key"], name), e[name])
			}
		}
	}
	return out
}

// flatten puts numbers under their names; what is null is left out.
func flatten(into map[string]float64, name string, x any) {
	switch x := x.(type) {
	case float64:
		into[name] = x
	case map[string]any:
		for k, v := range x {
			flatten(into, name+k, v)
		}
	}
}

// booked puts the figures of the books under the same names.
func booked(b world.Books) map[string]float64 {
	out := map[string]float64{}
	for _, x := range b.Sprints {
		if !x.Begun {
			continue
		}
		p := fmt.Sprintf("sprint %d ", x.ID)
		maps.Copy(out, map[string]float64{p + "ledger commitment": x.Commitment, p + "ledger added": x.Added,
			p + "ledger removed":     x.Removed,
			p + "ledger reestimated": x.Reestimated, p + "ledger completed": x.LedgerCompleted,
			p + "ledger reopened":  x.Reopened,
			p + "ledger remaining": x.Remaining, p + "completed": x.Completed,
			p + "completed_outside": x.CompletedOutside, p + "scope": x.Scope,
			p + "kept": x.Kept, p + "unestimated": float64(x.Unestimated), p + "dependency": float64(x.Dependency),
			p + "impediments count": float64(x.Trouble.Count), p + "impediments seconds": float64(x.Trouble.Seconds),
			p + "impediments without_time":   float64(x.Trouble.WithoutTime),
			p + "impediments logged_seconds": float64(x.Trouble.AllSeconds)})
		for name, v := range map[string]world.Work{"todo": x.ToDo, "doing": x.Doing, "done": x.Done} {
			out[p+name+" estimate"], out[p+name+" issues"] = v.Estimate, float64(v.Issues)
		}
		for n, v := range x.Trouble.ByNature {
			out[p+"nature "+n+" count"], out[p+"nature "+n+" seconds"] = float64(v.Count), float64(v.Seconds)
		}
		for d, v := range x.Trouble.Daily {
			out[p+"on "+d] = float64(v)
		}
	}
	for _, q := range b.Quarters {
		p := q.Name + " "
		maps.Copy(out, map[string]float64{p + "total": q.Total, p + "done": q.Done, p + "doing": q.Doing,
			p + "todo": q.ToDo, p + "remaining": q.Remaining,
			p + "working_days_left": float64(q.DaysLeft)})
		for name, v := range map[string]*float64{"baseline": q.Baseline, "growth": q.Growth,
			"progression": q.Progression, "velocity": q.Velocity,
			"average_completion": q.AverageCompletion, "average_impediment_seconds": q.AverageImpediment} {
			if v != nil {
				out[p+name] = *v
			}
		}
		for name, v := range map[string]*int{"days_to_complete": q.DaysToComplete, "slack_days": q.Slack} {
			if v != nil {
				out[p+name] = float64(*v)
			}
		}
		for _, e := range q.Epics {
			maps.Copy(out, map[string]float64{p + e.Key + " total": e.Total, p + e.Key + " done": e.Done,
				p + e.Key + " doing":      e.Doing,
				p + e.Key + " dependency": float64(e.Dependency)})
			if e.Unestimated != nil {
				out[p+e.Key+" unestimated"] = float64(*e.Unestimated)
			}
		}
	}
	return out
}

// apart lists where two sets of figures differ, "" where they do not.
func apart(got, want map[string]float64) string {
	names := maps.Clone(got)
	maps.Copy(names, want)
	var out []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		g, there := got[name]
		w, expected := want[name]
		if there != expected || math.Abs(g-w) > 1e-6*math.Max(1, math.Abs(w)) {
			out = append(out, fmt.Sprintf("%s: %v (%v), the books say %v (%v)", name, g, there, w, expected))
		}
	}
	return strings.Join(out, "\n")
}
