package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
)

// olderFile is a configuration of the seed's bot, which must work as it is.
const olderFile = `jira:
  username: jira.bot
  password: 123456789
  url: https://jira.example
  closed.statuses: [Resolved, Done]
metrics:
  url: https://warp10.example
  token: abcdef
projects:
  - name: K8S
    board: 0
    jql_filter: component = test
    label: K8S_test
  - name: OB
    board: 1
runner.period: 300
`

// serveOlder plays the Jira and the platform of the older bot's file; the environment names them, as it
// did for the older bot, and tells the secret of the platform.
func serveOlder(t *testing.T) (config string, env map[string]string, platform *warp10sim.Server) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "older.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	site, err := jirasim.LoadScenario("older", src)
	if err != nil {
		t.Fatal(err)
	}
	jira := httptest.NewServer(jirasim.NewServer(site, jirasim.Options{Email: "jira.bot", Token: "123456789"}))
	t.Cleanup(jira.Close)
	platform = warp10sim.New()
	posted := httptest.NewServer(platform)
	t.Cleanup(posted.Close)
	config = writeConfig(t, olderFile+"log-level: 5\napi.listen: 127.0.0.1:0\n")
	return config, map[string]string{"JEREM_JIRA_URL": jira.URL, "JEREM_METRICS_URL": posted.URL,
		"JEREM_METRICS_TOKEN": warp10sim.Write,
		"JEREM_STORE_PATH":    filepath.Join(filepath.Dir(config), "jerem.db")}, platform
}

// TestOlderFile: the older bot's file goes the whole way as it is: checked, read, posted, served.
func TestOlderFile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a company through the command")
	}
	t.Parallel()
	config, env, platform := serveOlder(t)
	out, errs, code := call(t, env, "--config", config, "check")
	if code != 0 {
		t.Errorf("check: code %d\n%s%s", code, out, errs)
	}
	for _, want := range []string{"teams: K8S_test, OB", "2 (Kubernetes board, scrum)", "matches 2 of 3 issues",
		"1 (Object storage board, scrum): as configured", "and Resolved, Done, as", "the token can write"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("check does not say %q:\n%s", want, out)
		}
	}
	if out, errs, code = call(t, env, "--config", config, "collect"); code != 0 ||
		!strings.Contains(out, "K8S_test: ") || !strings.Contains(out, "OB: ") {
		t.Errorf("collect: code %d\n%s%s", code, out, errs)
	}
	serveUntilPosted(t, config, env, platform)
	left := strings.Join(platform.Points(), "\n")
	for _, want := range []string{
		"jerem.jira.sprint.storypoint.total{", "project=K8S_test", "sprint=current", "sprint=Sprint%2021", "project=OB",
		"sprint=Storage%201",
	} {
		if !strings.Contains(left, want) {
			t.Errorf("no %s is posted", want)
		}
	}
	series, _, code := call(t, env, "--config", config, "export", "--class",
		`^jerem\.jira\.sprint\.storypoint\.(total|done)$`, "--team", "K8S_test", "--from", "2026-11-18", "--to",
		"2026-11-19")
	for _, want := range []string{"storypoint.total{project=K8S_test,sprint=current} 7.5",
		"storypoint.done{project=K8S_test,sprint=current} 5.0"} {
		if code != 0 || !strings.Contains(series, want) {
			t.Errorf("no %s in\n%s", want, series)
		}
	}
}

// serveUntilPosted serves until something was posted, asks for the health, and stops.
func serveUntilPosted(t *testing.T, config string, env map[string]string, platform *warp10sim.Server) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	log := &watched{waits: map[string]chan string{"address=": make(chan string, 1), "posted": make(chan string, 1)}}
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, []string{"--config",
			config}, func(k string) string { return env[k] }, nil, log, log) // no command, as before
	})
	_, address, _ := strings.Cut(log.line(ctx, "address="), "address=")
	if health := fetch(t, strings.TrimSpace(address)+"health"); health != "ok\n" {
		t.Errorf("health says %q", health)
	}
	log.line(ctx, "posted")
	stop()
	done.Wait()
	if failed != nil || len(platform.Points()) == 0 {
		t.Errorf("%v; %d points are posted", failed, len(platform.Points()))
	}
}

// watched is a log; the first line that holds a word is handed over.
type watched struct {
	mu    sync.Mutex
	waits map[string]chan string
}

// Write takes whole lines.
func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for word, c := range w.waits {
		if bytes.Contains(b, []byte(word)) {
			select {
			case c <- string(b):
			default:
			}
		}
	}
	return len(b), nil
}

// line waits for a word.
func (w *watched) line(ctx context.Context, word string) string {
	select {
	case l := <-w.waits[word]:
		return l
	case <-ctx.Done():
		return ""
	}
}
