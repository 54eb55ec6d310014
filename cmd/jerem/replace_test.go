package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/setup"
	"jerem/publish/warp10"
	"jerem/series"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/testrun"
)

// answered runs the program with somebody who answers.
func answered(t *testing.T, stdin io.Reader, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	err := run(t.Context(), args, func(string) string { return "" }, stdin, &out, &errs)
	if err != nil {
		errs.WriteString("jerem: " + err.Error() + "\n")
	}
	return out.String(), errs.String(), exitCode(err)
}

// old is a point of a series of the older bot.
func old(class, project string, labels ...string) series.Series {
	s := series.Series{Class: class, Labels: map[string]string{"project": project},
		Points: []series.Point{{Tick: 1_790_000_000_000_000, Value: series.Long(7)}}}
	for _, l := range labels {
		name, value, _ := strings.Cut(l, "=")
		s.Labels[name] = value
	}
	return s
}

// upgrade is a platform on which an older bot has posted, and a team that was read. broken answers in
// place of the platform while it is set.
type upgrade struct {
	config   string
	platform *warp10sim.Server
	url      string
	broken   func(w http.ResponseWriter, r *http.Request) bool
	others   []string // what is not the team's
}

func newUpgrade(t *testing.T) *upgrade {
	t.Helper()
	u := &upgrade{platform: warp10sim.New()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u.broken == nil || !u.broken(w, r) {
			u.platform.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	u.url = server.URL
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	text := "jira: {url: '" + jira + "', username: " + serving.SimEmail + ", password: " + serving.SimToken +
		"}\nprojects: [{name: K8S, label: Private cloud}, {name: K8S, label: Other+team}, {name: K8S, label: " +
		"Other team}]\nstore: {path: STORE}\n"
	u.config = writeConfig(t, text)
	if _, errs, code := call(t, nil, "-c", u.config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	data, err := os.ReadFile(u.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(u.config, append(data,
		[]byte("metrics: {url: '"+u.url+"', token: "+warp10sim.Write+"}\n")...), 0o600); err != nil {
		t.Fatal(err)
	}
	u.push(t, old("jerem.jira.epic.storypoint", "Private cloud", "key=K8S-1300", "summary=Private clusters"),
		old("jerem.jira.epic.storypoint", "Private+cloud", "key=K8S-1300", "summary=Private+clusters"),
		old("jerem.jira.sprint.events", "Private+cloud", "sprint=current"),
		old("jerem.jira.impediment.Support.count", "Private cloud", "type=sprint", "sprint=Sprint+21"))
	before := u.points()
	u.push(t, old("jerem.jira.epic.storypoint", "Private clouds", "key=A-1"),
		old("jerem.jira.epic.storypoint", "private cloud", "key=A-1"),
		old("jerem.jira.epic.storypoint", "Other+team", "key=A-1"),
		old("jerem.jira.epic.storypoint", "Other team", "key=A-1"), old("other.class", "Private cloud"),
		old("jerem.jiras", "Private+cloud"))
	for _, p := range u.points() {
		if !slices.Contains(before, p) {
			u.others = append(u.others, p)
		}
	}
	return u
}

func (u *upgrade) push(t *testing.T, list ...series.Series) {
	t.Helper()
	if err := (&warp10.Sink{URL: u.url, Token: warp10sim.Write}).Push(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

// points lists what stands at the platform, in order.
func (u *upgrade) points() []string { return slices.Sorted(slices.Values(u.platform.Points())) }

// ours is what a publication of the team leaves on an empty platform, with the points of others.
func (u *upgrade) ours(t *testing.T, team string) []string {
	t.Helper()
	fresh := &upgrade{platform: warp10sim.New()}
	server := httptest.NewServer(fresh.platform)
	t.Cleanup(server.Close)
	data, err := os.ReadFile(u.config)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "fresh.yml")
	if err := os.WriteFile(config, bytes.ReplaceAll(data, []byte(u.url), []byte(server.URL)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", config, "publish", "--team", team); code != 0 {
		t.Fatal(errs)
	}
	return slices.Sorted(slices.Values(append(fresh.points(), u.others...)))
}

// TestReplace: after a yes the platform holds exactly our series of the team, and all that is not the
// team's as it was.
func TestReplace(t *testing.T) {
	if testing.Short() {
		t.Skip("posts a company twice")
	}
	t.Parallel()
	u := newUpgrade(t)
	out, errs, code := answered(t, strings.NewReader("yes\n"), "-c", u.config, "publish", "--replace", "--team",
		"Private cloud")
	if code != 0 || !strings.Contains(errs, "4 series of team Private cloud would be deleted") ||
		!strings.Contains(errs, "project=Private cloud or Private+cloud") ||
		!strings.Contains(out, "team Private cloud replaced, ") {
		t.Fatalf("code %d\n%s%s", code, out, errs)
	}
	want := u.ours(t, "Private cloud")
	if got := u.points(); !slices.Equal(got, want) || len(got) < 100 {
		t.Errorf("%d points stand there, want %d", len(got), len(want))
	}
	// Again, without a question: the same.
	if out, errs, code := answered(t, nil, "-c", u.config, "publish", "--replace", "--yes", "--team",
		"Private cloud"); code != 0 || strings.Contains(errs, "[y/N]") {
		t.Fatalf("code %d\n%s%s", code, out, errs)
	}
	if !slices.Equal(u.points(), want) {
		t.Error("a second replacement leaves something else")
	}
}

// TestReplaceSpelling: the other spelling of a name may be another team's name; that one stays.
func TestReplaceSpelling(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	u := newUpgrade(t)
	out, errs, code := answered(t, strings.NewReader("y\n"), "-c", u.config, "publish", "--replace", "--team",
		"Other team")
	if code != 0 || !strings.Contains(errs, "1 series of team Other team") {
		t.Fatalf("code %d\n%s%s", code, out, errs)
	}
	if left := strings.Join(u.points(), "\n"); strings.Count(left, "Other%2Bteam") != 1 {
		t.Errorf("the series of the team Other+team are not as they were")
	}
}

// TestReplaceRefused: without a yes nothing is deleted, and the exit code says whose fault it is.
func TestReplaceRefused(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	u := newUpgrade(t)
	before := u.points()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	piped, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer piped.Close()
	write.WriteString("yes\n")
	write.Close()
	f := func(stdin io.Reader, want int, says string, args ...string) {
		t.Helper()
		out, errs, code := answered(t, stdin, append([]string{"-c", u.config, "publish"}, args...)...)
		if code != want || !strings.Contains(errs, says) || out != "" {
			t.Errorf("%v: code %d, want %d\n%s%s", args, code, want, out, errs)
		}
		if !slices.Equal(u.points(), before) {
			t.Errorf("%v: something was deleted", args)
		}
	}
	f(strings.NewReader("n\n"), exitFailed, "nothing was deleted", "--replace")
	f(strings.NewReader("\n"), exitFailed, "nothing was deleted", "--replace")
	f(strings.NewReader("yess\n"), exitFailed, "nothing was deleted", "--replace")
	f(strings.NewReader(""), exitUsage, "say --yes", "--replace")
	f(null, exitUsage, "say --yes", "--replace")
	f(piped, exitUsage, "say --yes", "--replace")
	f(nil, exitUsage, "--yes", "--yes")
	f(nil, exitUsage, "--from", "--replace", "--from", "2026-01-01")
	f(nil, exitUsage, "no such team", "--replace", "--yes", "--team", "Nobody")
	u.broken = func(w http.ResponseWriter, r *http.Request) bool {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, "<html><title>Error 403 deletes are disabled</title></html>")
		return true
	}
	f(nil, exitFailed, "switched them off", "--replace", "--yes")
}

// TestReplaceInterrupted: what breaks off between the deletion and the end of the posting is posted by
// the next cycle, all of it.
func TestReplaceInterrupted(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	u := newUpgrade(t)
	if _, errs, code := call(t, nil, "-c", u.config, "publish", "--team",
		"Private cloud"); code != 0 { // some cycle before
		t.Fatal(errs)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	u.broken = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/update") {
			stop()
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		return false
	}
	var out, errs bytes.Buffer
	err := run(ctx, []string{"-c", u.config, "publish", "--replace", "--yes", "--team",
		"Private cloud"}, func(string) string { return "" }, nil, &out, &errs)
	if exitCode(err) != exitFailed || !strings.Contains(err.Error(), "next cycle") {
		t.Errorf("an interruption is told as %v\n%s", err, errs.String())
	}
	if got := u.points(); !slices.Equal(got, slices.Sorted(slices.Values(u.others))) {
		t.Fatalf("%d points are left, want those of others", len(got))
	}
	u.broken = nil
	e := &setup.Environment{Ctx: t.Context(), Getenv: func(string) string { return "" }, Stdout: &out, Stderr: &errs,
		Flags: setup.GlobalFlags{Config: u.config}}
	o, err := e.OpenInstance(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer o.Store.Close()
	o.Bot.Teams = o.Bot.Teams[:1]
	if _, err := o.Bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.Store.Close()
	if want := u.ours(t, "Private cloud"); !slices.Equal(u.points(), want) {
		t.Errorf("%d points after the next cycle, want %d", len(u.points()), len(want))
	}
}
