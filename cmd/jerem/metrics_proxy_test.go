package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestMetricsBehindAProxy: where a proxy on this machine asks for everybody, loopback proves nothing: /metrics wants a
// login or a token, and shows the teams that these may see. It says so in the log and in check.
func TestMetricsBehindAProxy(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	file := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, []byte("server.listen: 127.0.0.1:0\naccess: {mode: proxy, trusted: ['127.0.0.1'], "+
		"teams: {Kubernetes: [ada]}}\n")...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", file, "collect"); code != 0 {
		t.Fatal(errs)
	}
	address, stop := served(t, file)
	token, _, _ := call(t, nil, "-c", file, "token", "create", "--name", "prometheus")
	ask := func(path, header, value string) (int, string) {
		r, err := http.NewRequest(http.MethodGet, address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header, value)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	for _, c := range []struct {
		who, header, value string
		status             int
		sees               bool
	}{
		{"nobody", "Accept", "text/plain", http.StatusUnauthorized, false},
		{"a client that forwards", "X-Forwarded-For", "127.0.0.1", http.StatusUnauthorized, false},
		{"bob", "X-Forwarded-User", "bob", http.StatusOK, false},
		{"ada", "X-Forwarded-User", "ada", http.StatusOK, true},
		{"a program", "Authorization", "Bearer " + strings.TrimSpace(token), http.StatusOK, true},
	} {
		status, body := ask("/metrics", c.header, c.value)
		if status != c.status || strings.Contains(body, `"Kubernetes"`) != c.sees {
			t.Errorf("%s: %d, sees the team %v:\n%.600s", c.who, status, !c.sees, body)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if status, body := ask(path, "Accept", "*/*"); status >= 400 || strings.Contains(body, "Kubernetes") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if log := stop(); !strings.Contains(log, "/metrics wants a token") {
		t.Errorf("the log does not say it:\n%s", log)
	}
	if out, _, _ := call(t, nil, "-c", file, "check"); !strings.Contains(out, "/metrics wants a token") {
		t.Errorf("check does not say it:\n%s", out)
	}
	open := strings.Replace(string(text), "mode: proxy", "metrics: open, mode: proxy", 1)
	if err := os.WriteFile(file, []byte(open), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _, _ := call(t, nil, "-c", file, "check"); !strings.Contains(out, "everybody may read /metrics, also of") {
		t.Errorf("check does not say that it is open:\n%s", out)
	}
}
