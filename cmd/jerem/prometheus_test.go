package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	"jerem/measure/catalogue"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// tool returns the path of a program of Prometheus, or skips loudly.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("SKIPPED: /metrics was not tried with a real Prometheus: there is no %s (Debian's package "+
			"prometheus has it; make prometheus installs it)", name)
	}
	return path
}

// TestPrometheusRules: promtool takes the configuration, the alerts and their tests of docs/.
func TestPrometheusRules(t *testing.T) {
	if testing.Short() {
		t.Skip("promtool takes seconds for three files of docs")
	}
	promtool := tool(t, "promtool")
	for _, args := range [][]string{{"check", "config", "prometheus.yml"}, {"check", "rules", "prometheus-rules.yml"},
		{"test", "rules", "prometheus-rules-test.yml"}} {
		c := exec.CommandContext(t.Context(), promtool, args...)
		c.Dir = "../../docs"
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// answerOf returns a body, or "" while nothing answers.
func answerOf(ctx context.Context, address string) string {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return ""
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return ""
	}
	return string(body)
}

// await asks until something is answered that holds a text.
func await(t *testing.T, address, holds string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		if body := answerOf(ctx, address); strings.Contains(body, holds) {
			return body
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			t.Fatalf("%s never answered with %q", address, holds)
		}
	}
}

// TestPrometheus: a real Prometheus scrapes a served story, and what it then knows is what the JSON API
// says; promtool finds nothing to blame in the text.
func TestPrometheus(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	server, promtool := tool(t, "prometheus"), tool(t, "promtool")
	story, err := os.ReadFile("../../web/webtest/testdata/story.txtar")
	if err != nil {
		t.Fatal(err)
	}
	jira := serveStory(t, story, jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}, {name: NET, label: Network}, {name: DB, label: "+
		"Databases}]\nstore: {path: STORE}\n")
	pages, listen := testrun.FreeAddress(t), testrun.FreeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen",
			pages}, func(string) string { return "" }, strings.NewReader(""), io.Discard, io.Discard)
	}()
	defer func() { stop(); <-served }()
	await(t, "http://"+pages+"/readyz", "ready")
	text := await(t, "http://"+pages+"/metrics", `jerem_cycles_total{result="ok"} 1`)

	lint := exec.CommandContext(t.Context(), promtool, "check", "metrics")
	lint.Stdin = strings.NewReader(text)
	if out, err := lint.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("promtool check metrics: %v\n%s", err, out)
	}
	for _, want := range []string{`jerem_jira_requests_total{status="2xx"} `, "jerem_store_size_bytes ",
		"jerem_build_info{", `jerem_team_readings_total{result="ok",team="Kubernetes"} 1`,
		"jerem_jira_wait_seconds_total ", "go_goroutines "} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("there is no %s", want)
		}
	}
	documentedMetrics(t, text)

	dir := t.TempDir()
	scrape := fmt.Sprintf("global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: jerem\n    "+
		"static_configs: [{targets: [%q]}]\n", pages)
	if err := os.WriteFile(filepath.Join(dir, "prometheus.yml"), []byte(scrape), 0o600); err != nil {
		t.Fatal(err)
	}
	prometheus := exec.CommandContext(ctx, server, "--config.file="+filepath.Join(dir, "prometheus.yml"),
		"--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+listen, "--log.level=error")
	if err := prometheus.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { stop(); _ = prometheus.Wait() }() // killed with the context
	comparePrometheus(t, "http://"+listen, "http://"+pages)
}

// comparePrometheus asks both for the same figures.
func comparePrometheus(t *testing.T, prometheus, pages string) {
	t.Helper()
	sprint, quarter, hours := jsonOf(t, pages+"/api/v1/teams/Kubernetes/sprints/23"), jsonOf(t,
		pages+"/api/v1/teams/Kubernetes/quarters/Q4-26"), jsonOf(t, pages+"/api/v1/teams/Network/quarters/Q4-26")
	ledger, trouble := sprint["ledger"].(map[string]any), sprint["impediments"].(map[string]any)
	for query, want := range map[string]any{
		`jerem_sprint_commitment{team="Kubernetes"}`:          ledger["commitment"],
		`jerem_sprint_added{team="Kubernetes"}`:               ledger["added"],
		`jerem_sprint_remaining{team="Kubernetes"}`:           ledger["remaining"],
		`jerem_sprint_completed{team="Kubernetes"}`:           sprint["completed"],
		`jerem_sprint_impediment_seconds{team="Kubernetes"}`:  trouble["seconds"],
		`sum(jerem_sprint_nature_seconds{team="Kubernetes"})`: trouble["seconds"],
		`jerem_quarter_estimate{team="Kubernetes"}`:           quarter["total"],
		`jerem_quarter_done{team="Kubernetes"}`:               quarter["done"],
		`jerem_quarter_remaining{team="Kubernetes"}`:          quarter["remaining"],
		`jerem_quarter_slack_workdays{team="Kubernetes"}`:     quarter["slack_days"],
		`jerem_velocity_per_workday{team="Kubernetes"}`:       quarter["velocity"].(map[string]any)["median"],
		`jerem_quarter_remaining{team="Network"}`:             hours["remaining"],
		`jerem_quarter_slack_workdays{team="Network"}`:        hours["slack_days"],
	} {
		body := await(t, prometheus+"/api/v1/query?query="+url.QueryEscape(query), `"value":[`)
		var answer struct {
			Data struct{ Result []struct{ Value [2]any } }
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Data.Result) != 1 {
			t.Errorf("%s: %v %s", query, err, body)
			continue
		}
		if got := fmt.Sprint(answer.Data.Result[0].Value[1]); want == nil || got != numeral(want) {
			t.Errorf("%s is %s at Prometheus and %v in the API", query, got, want)
		}
	}
	if body := await(t, prometheus+"/api/v1/query?query="+
		url.QueryEscape(`jerem_quarter_slack_workdays{team="Databases"}`),
		`"status":"success"`); !strings.Contains(body, `"result":[]`) {
		t.Errorf("what cannot be told has a value: %s", body)
	}
}

// numeral writes a number as Prometheus does.
func numeral(x any) string {
	text, _ := json.Marshal(x)
	return string(text)
}

func jsonOf(t *testing.T, address string) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(await(t, address, "{")), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// documentedMetrics: docs/prometheus.md lists every metric of the text.
func documentedMetrics(t *testing.T, text string) {
	t.Helper()
	docs, err := os.ReadFile("../../docs/prometheus.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 2 && words[1] == "TYPE" &&
			strings.HasPrefix(words[2], "jerem_") {
			found++
			if !strings.Contains(string(docs), "`"+words[2]+"`") {
				t.Errorf("docs/prometheus.md does not list %s", words[2])
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d metrics", found)
	}
	for _, figure := range catalogue.All() { // of on-call too, which this text has not
		if figure.Metric != "" && !strings.Contains(string(docs), "`"+figure.Metric+"`") {
			t.Errorf("docs/prometheus.md does not list %s", figure.Metric)
		}
	}
}
