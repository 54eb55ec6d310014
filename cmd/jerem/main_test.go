package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/terminal"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/store/places"
	"jerem/testrun"
)

// run is the program without a look at which variables the environment has.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader,
	stdout, stderr io.Writer) error {
	return runNamed(ctx, args, getenv, nil, stdin, stdout, stderr)
}

// call runs the program and returns what it wrote and its exit code.
func call(t *testing.T, env map[string]string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	err := run(t.Context(), args, func(k string) string { return env[k] }, strings.NewReader(""), &out, &errs)
	if err != nil {
		errs.WriteString("jerem: " + terminal.ErrorText(err) + "\n") // as main does
	}
	return out.String(), errs.String(), exitCode(err)
}

// skipSlow leaves out a test that plays a whole company, waits for a time-out or kills programs.
func skipSlow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes more than a second")
	}
}

// serveStory plays a story as a Jira and returns its address.
func serveStory(t *testing.T, src []byte, opts jirasim.Options) string {
	t.Helper()
	site, err := jirasim.LoadScenario("story", src)
	if err != nil {
		t.Fatal(err)
	}
	opts.Email, opts.Token, opts.Bearer = serving.SimEmail, serving.SimToken, serving.SimToken
	server := httptest.NewServer(jirasim.NewServer(site, opts))
	t.Cleanup(server.Close)
	return server.URL
}

// writeConfig writes a configuration into a folder of its own and returns its path.
func writeConfig(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yml")
	text = strings.ReplaceAll(text, "STORE", filepath.Join(dir, "jerem.db"))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func demoFile(t *testing.T, jira string) string {
	return writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n")
}

// TestCollectExport: the whole line by hand: read once, write the series, twice the same bytes.
func TestCollectExport(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	out, errs, code := call(t, nil, "--config", config, "collect")
	if code != 0 || !strings.Contains(out, "Kubernetes: ") || !strings.Contains(out, "3 sprints") {
		t.Fatalf("collect: code %d\n%s%s", code, out, errs)
	}
	first, errs, code := call(t, nil, "--config", config, "export")
	if code != 0 {
		t.Fatalf("export: code %d\n%s", code, errs)
	}
	if again, _, _ := call(t, nil, "--config", config, "export"); again != first {
		t.Error("the same store gives other bytes")
	}
	for _, class := range []string{
		"jerem.jira.epic.storypoint", "jerem.jira.epic.storypoint.inprogress", "jerem.jira.epic.storypoint.done",
		"jerem.jira.epic.unestimated", "jerem.jira.epic.dependency",
		"jerem.jira.sprint.storypoint.total", "jerem.jira.sprint.storypoint.inprogress",
		"jerem.jira.sprint.storypoint.done", "jerem.jira.sprint.events",
		"jerem.jira.impediment.total.count", "jerem.jira.impediment.Support.count",
		"jerem.jira.impediment.total.timespent", "jerem.jira.impediment.Support.timespent",
		"jerem.jira.impediment.total.created",
	} {
		if !strings.Contains(first, " "+class+"{") {
			t.Errorf("no series of class %s", class)
		}
	}
	for _, line := range []string{
		"jerem.jira.sprint.events{project=Kubernetes,sprint=current} 'start'",
		"jerem.jira.sprint.storypoint.total{project=Kubernetes,sprint=Sprint%2023} 38.0",
		"jerem.jira.impediment.total.created{project=Kubernetes,type=daily,value=timespent} ",
		"key=K8S-1300,project=Kubernetes,quarter=Q4-26,summary=Private%20clusters}",
	} {
		if !strings.Contains(first, line) {
			t.Errorf("no line with %s", line)
		}
	}
}

// TestExportForms: json is an object a line, csv has its header, a window begins with the value held.
func TestExportForms(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "--config", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	out, _, _ := call(t, nil, "-c", config, "export", "--format", "json", "--class",
		`^jerem\.jira\.sprint\.storypoint\.total$`, "--from", "2026-11-20", "--to", "2026-11-21")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 { // Sprint 23 and current
		t.Fatalf("%d lines, want 2:\n%s", len(lines), out)
	}
	for _, line := range lines {
		var s struct {
			Class  string            `json:"class"`
			Labels map[string]string `json:"labels"`
			Points [][2]any          `json:"points"`
		}
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		want := float64(time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC).UnixMicro())
		if len(s.Points) == 0 || s.Points[0][0] != want || s.Points[0][1] != 43.0 {
			t.Errorf("%s %v begins with %v, want 43 at the beginning of 20 November in Paris", s.Class, s.Labels,
				s.Points)
		}
	}
	out, _, _ = call(t, nil, "-c", config, "export", "--format", "csv", "--class", "events")
	if !strings.HasPrefix(out,
		"class,labels,time,value\njerem.jira.sprint.events,project=Kubernetes;sprint=Sprint%2021,"+
			"2026-10-19T07:30:00Z,start\n") {
		t.Errorf("csv:\n%s", out)
	}
	if _, errs, code := call(t, nil, "-c", config, "export", "--team", "None"); code != exitUsage ||
		!strings.Contains(errs, "None") {
		t.Errorf("unknown team: code %d, %s", code, errs)
	}
	if _, errs, code := call(t, nil, "-c", config, "export", "--from", "yesterday"); code != exitUsage ||
		!strings.Contains(errs, "yesterday") {
		t.Errorf("bad time: code %d, %s", code, errs)
	}
}

// TestSpan: a span that ends before it begins is refused, with what was written.
func TestSpan(t *testing.T) {
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	for _, command := range []string{"export", "publish"} {
		out, errs, code := call(t, nil, "-c", config, command, "--from", "2026-10-02", "--to", "2026-10-01")
		if code != exitUsage || out != "" || !strings.Contains(errs, "--from 2026-10-02 is after --to 2026-10-01") {
			t.Errorf("%s: code %d, %q, %s", command, code, out, errs)
		}
	}
}

// TestOneTeamUnread: a team that cannot be read does not keep the series of the others back, and the
// exit code tells that something is missing.
func TestOneTeamUnread(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	platform := httptest.NewServer(warp10sim.New())
	t.Cleanup(platform.Close)
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nmetrics: {url: '"+platform.URL+"', token: "+warp10sim.Write+"}\n"+
		"projects: [{name: GONE, label: Lost}, {name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n")
	if out, _, code := call(t, nil, "-c", config, "collect"); code != exitFailed ||
		!strings.Contains(out, "Lost: not read") {
		t.Fatalf("collect: code %d\n%s", code, out)
	}
	for command, want := range map[string]string{"export": "project=Kubernetes", "publish": " series, "} {
		out, errs, code := call(t, nil, "-c", config, command)
		if code != exitFailed || !strings.Contains(out, want) || !strings.Contains(errs, "team Lost") {
			t.Errorf("%s: code %d, %.200q, %s", command, code, out, errs)
		}
	}
	if _, errs, code := call(t, nil, "-c", config, "export", "--team", "None"); code != exitUsage ||
		!strings.Contains(errs, "Lost, Kubernetes") {
		t.Errorf("unknown team: code %d, %s", code, errs)
	}
}

// TestCollectWithoutViews: who reads no views by SQL is read without their rows, which the next reading makes.
func TestCollectWithoutViews(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	rows := func(args ...string) int {
		t.Helper()
		callFine(t, append([]string{"-c", config, "collect"}, args...)...)
		s, err := places.OpenRead(t.Context(), filepath.Join(filepath.Dir(config), "jerem.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		all, err := s.ViewRows.Digests(t.Context(), "Kubernetes")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := rows("--no-views"); n != 0 {
		t.Errorf("%d rows without views", n)
	}
	if n := rows(); n < 20 {
		t.Errorf("%d rows with views", n)
	}
}

// TestCollectAgain: a reading that finds nothing new says so; its zeros are no counts of what there is.
func TestCollectAgain(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	const words = "no issue to read since the last time"
	first, _, _ := call(t, nil, "-c", config, "collect")
	again, errs, code := call(t, nil, "-c", config, "collect")
	if code != 0 || strings.Contains(first, words) || !strings.Contains(again, words) {
		t.Errorf("code %d\n%s%s%s", code, first, again, errs)
	}
}

// fullDisk is an output that takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestOutputFull: results that cannot be written are a failure, of whatever command and form, told once.
func TestOutputFull(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	for _, args := range [][]string{{"check"}, {"check", "--json"}, {"export"}, {"export", "--format", "csv"},
		{"export", "--format", "json"}} {
		err := run(t.Context(), append([]string{"-c",
			config}, args...), func(string) string { return "" }, strings.NewReader(""), fullDisk{}, io.Discard)
		if exitCode(err) != exitFailed || !errors.Is(err, syscall.ENOSPC) ||
			strings.Count(terminal.ErrorText(err), syscall.ENOSPC.Error()) != 1 {
			t.Errorf("%v: code %d, %v", args, exitCode(err), err)
		}
	}
}

// TestListenFlag: an address that cannot be one is wrong usage, told before anything is opened.
func TestListenFlag(t *testing.T) {
	config := demoFile(t, "http://127.0.0.1:1")
	for _, address := range []string{"8080", "127.0.0.1:99999", "localhost"} {
		for _, command := range [][]string{{"-c", config, "serve"}, {"demo"}, {"sim", "--world", "cloud"}} {
			_, errs, code := call(t, nil, append(command, "--listen", address)...)
			if code != exitUsage || !strings.Contains(errs, "--listen") || !strings.Contains(errs, address) {
				t.Errorf("%s, %s: code %d, %s", command, address, code, errs)
			}
		}
	}
}

// TestTroubles: each trouble is told with its place and its remedy, and the exit code says whose it is.
func TestTroubles(t *testing.T) {
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<html>Welcome</html>")
	}))
	t.Cleanup(html.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	login := ", username: " + serving.SimEmail + ", password: " + serving.SimToken
	f := func(name, config string, code int, want ...string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			var out, errs bytes.Buffer
			err := run(ctx, []string{"-c", writeConfig(t, config+"\nstore: {path: STORE}\n"),
				"check"}, func(string) string { return "" }, nil, &out, &errs)
			text := out.String() + errs.String()
			if err != nil {
				text += err.Error()
			}
			if exitCode(err) != code {
				t.Errorf("exit code %d, want %d\n%s", exitCode(err), code, text)
			}
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is not told in:\n%s", w, text)
				}
			}
			if strings.Contains(text, serving.SimToken) {
				t.Errorf("the token is told in:\n%s", text)
			}
		})
	}
	f("unknown project", "jira: {url: '"+jira+"'"+login+"}\nprojects: [{name: NOPE}, {name: K8S}]", exitFailed,
		`no project "NOPE"`, "K8S", "ok    board")
	f("wrong token", "jira: {url: '"+jira+"', username: "+serving.SimEmail+
		", password: wrong-password}\nprojects: [{name: K8S}]", exitFailed, "401", "jira.password")
	f("unreachable", "jira: {url: '"+closed.URL+"'"+login+"}\nprojects: [{name: K8S}]", exitFailed,
		"connection refused", "jira.url")
	f("not a jira", "jira: {url: '"+html.URL+"'"+login+"}\nprojects: [{name: K8S}]", exitFailed,
		"no JSON but text/html", "jira.url")
	f("board gone", "jira: {url: '"+jira+"'"+login+"}\nprojects: [{name: K8S, board: 99}]", exitFailed, "board 99",
		"projects[].board", "1 (")
	f("broken config", "jira: {url: 5, passwrod: x}\nprojects: []", exitUsage, "config.yml:1:", "jira.password",
		"projects")
}

// TestPortTaken: the pages do not open on a port that something else has.
func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	config := demoFile(t, "http://127.0.0.1:1")
	_, errs, code := call(t, nil, "-c", config, "serve", "--listen", l.Addr().String())
	if code != exitFailed || !strings.Contains(errs, "--listen "+l.Addr().String()+": the port is taken") {
		t.Errorf("code %d: %s", code, errs)
	}
}

// TestHelp: every command explains itself, on standard output.
func TestHelp(t *testing.T) {
	for _, command := range []string{"", "serve", "demo", "check", "collect", "export", "publish", "rebuild", "sim"} {
		args := strings.Fields(command + " --help")
		out, errs, code := call(t, nil, args...)
		if code != 0 || !strings.Contains(out, "Usage: jerem") || errs != "" {
			t.Errorf("%v: code %d\n%s%s", args, code, out, errs)
		}
	}
	if _, errs, code := call(t, nil, "colect"); code != exitUsage || !strings.Contains(errs, "colect") {
		t.Errorf("a wrong command: code %d, %s", code, errs)
	}
	if out, _, code := call(t, nil, "--version"); code != 0 || !strings.HasPrefix(out, "jerem ") {
		t.Errorf("--version: code %d, %q", code, out)
	}
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	_, body := statusOf(t, address)
	return body
}

// hidingField stands before a Jira whose board estimates by a field that is not there.
func hidingField(t *testing.T, jira string) string {
	t.Helper()
	hides := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req, err := http.NewRequestWithContext(r.Context(), r.Method, jira+r.URL.String(), r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		req.Header = r.Header
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		if strings.HasSuffix(r.URL.Path, "/configuration") {
			body = bytes.ReplaceAll(body, []byte("customfield_10036"), []byte("customfield_99999"))
		}
		w.WriteHeader(res.StatusCode)
		w.Write(body)
	}))
	t.Cleanup(hides.Close)
	return hides.URL
}

// TestNoEstimateField: a board that estimates by a field that is not there says so, with what to do;
// the other team goes on.
func TestNoEstimateField(t *testing.T) {
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	out, errs, code := call(t, nil, "-c", demoFile(t, hidingField(t, jira)), "collect")
	if code != exitFailed || !strings.Contains(errs, "estimates by the field customfield_99999") ||
		!strings.Contains(errs, "Story Points") || !strings.Contains(out, "Kubernetes: not read") {
		t.Errorf("code %d\n%s%s", code, out, errs)
	}
}
