package oncall_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/oncall/interruption"
	"jerem/oncall/roster"
)

// TestAlertmanager: a real Alertmanager posts an alert that fires and is resolved; the person on duty is presumed.
func TestAlertmanager(t *testing.T) {
	program, err := exec.LookPath("prometheus-alertmanager")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no prometheus-alertmanager: make servers installs it")
		}
		t.Skip("SKIPPED: not tried with a real Alertmanager: there is none (make servers installs it)")
	}
	now := time.Now().UTC().Truncate(time.Second)
	o := officeWithSources(t, now.Format("2006-01-02T15:04Z"))
	hooks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.api.ServeHook(w,
			r)
	}))
	t.Cleanup(hooks.Close)
	manager := startAlertmanager(t, program, hooks.URL+"/hooks/prod")
	started := now.Add(-time.Minute)
	const alert = `[{"labels": {"alertname": "DiskFull", "service": "etcd", "severity": "critical"}, "startsAt": %q%s}]`
	postAlert(t, manager, fmt.Sprintf(alert, started.Format(time.RFC3339), ""))
	state := waitForAlert(t, o, func(s roster.State) bool { return len(s.Alerts) == 1 && len(s.Callouts) == 1 })
	a, c := state.Alerts[0], state.Callouts[0]
	if a.Rule != "DiskFull" || a.Service != "etcd" || a.Severity != "critical" || a.Team != "Kubernetes" ||
		!a.First.Equal(started) || a.Fingerprint == "" || !a.Resolved.IsZero() {
		t.Errorf("the alert is %+v", a)
	}
	if c.Origin != interruption.Presumed || !c.Started.Equal(started) || c.Confirmed {
		t.Errorf("the call-out is %+v", c)
	}
	postAlert(t, manager, fmt.Sprintf(alert, started.Format(time.RFC3339), fmt.Sprintf(`, "endsAt": %q`,
		time.Now().UTC().Format(time.RFC3339Nano))))
	state = waitForAlert(t, o, func(s roster.State) bool { return !s.Alerts[0].Resolved.IsZero() })
	if len(state.Alerts) != 1 || len(state.Callouts) != 1 {
		t.Errorf("%d alerts, %d call-outs", len(state.Alerts), len(state.Callouts))
	}
	for _, e := range o.events(true) {
		t.Errorf("set aside: %s", e.Why)
	}
}

// startAlertmanager starts an Alertmanager that posts to a hook and returns its address. It ends with the test.
func startAlertmanager(t *testing.T, program, hook string) string {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "alertmanager.yml")
	const text = `route: {receiver: jerem, group_wait: 100ms, group_interval: 500ms, repeat_interval: 1h}
receivers:
  - name: jerem
    webhook_configs:
      - {url: %q, send_resolved: true, http_config: {authorization: {type: Bearer, credentials: %q}}}
`
	if err := os.WriteFile(config, fmt.Appendf(nil, text, hook, hookSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var said saidText
	server := exec.CommandContext(ctx, program, "--config.file="+config, "--storage.path="+filepath.Join(dir, "data"),
		"--web.listen-address=127.0.0.1:0", "--cluster.listen-address=")
	server.Stderr = &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = server.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
	var address string
	waitUntil(t, "Alertmanager is ready", func() bool {
		listens := listeningOn.FindStringSubmatch(said.String())
		if listens == nil {
			return false
		}
		address = "http://" + listens[1]
		answer, err := http.Get(address + "/-/ready")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return address
}

// listeningOn is how Alertmanager tells the port that it took: one looked for before it starts may be another's by
// then.
var listeningOn = regexp.MustCompile(`msg="Listening on" address=(127\.0\.0\.1:\d+)`)

// saidText is what a program says, read while it says it.
type saidText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *saidText) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(text)
}

func (s *saidText) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// waitUntil asks again and again until something is so.
func waitUntil(t *testing.T, what string, isSo func() bool) {
	t.Helper()
	deadline, pause := time.After(time.Minute), time.NewTicker(50*time.Millisecond)
	defer pause.Stop()
	for !isSo() {
		select {
		case <-deadline:
			t.Fatalf("not within a minute: %s", what)
		case <-pause.C:
		}
	}
}

func waitForAlert(t *testing.T, o *office, isSo func(roster.State) bool) (state roster.State) {
	t.Helper()
	waitUntil(t, "the alert was entered", func() bool {
		var err error
		if state, err = o.store.State(t.Context()); err != nil {
			t.Fatal(err)
		}
		return isSo(state)
	})
	return state
}

func postAlert(t *testing.T, manager, body string) {
	t.Helper()
	answer, err := http.Post(manager+"/api/v2/alerts", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("Alertmanager answers %s", answer.Status)
	}
}
