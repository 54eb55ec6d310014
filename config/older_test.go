package config

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestOlderEnvironment: each variable of the older bot wins over its file, and means what it meant.
func TestOlderEnvironment(t *testing.T) {
	c := mustLoad(t, seedFile+"log-level: 2\napi.listen: ':9090'\n", "JEREM_JIRA_USERNAME=other.bot",
		"JEREM_JIRA_PASSWORD=0123", "JEREM_JIRA_URL=https://other.example/jira",
		"JEREM_JIRA_CLOSED_STATUSES=Closed, Won't Do", "JEREM_METRICS_URL=https://metrics.example",
		"JEREM_METRICS_TOKEN=fedcba", "JEREM_RUNNER_PERIOD=60", "JEREM_LOG_LEVEL=5", "JEREM_API_LISTEN=127.0.0.1:9091")
	got := []any{c.Jira.Username, c.Jira.Password.Reveal(), c.Jira.URL, strings.Join(c.Jira.ClosedStatuses, "|"),
		c.Metrics.URL, c.Metrics.Token.Reveal(), c.Runner.Period, c.Log.Level, c.Server.Listen}
	want := []any{"other.bot", "0123", "https://other.example/jira", "Closed|Won't Do", "https://metrics.example",
		"fedcba", time.Minute, slog.LevelDebug, "127.0.0.1:9091"}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("%v, want %v", got[n], want[n])
		}
	}
	if c := mustLoad(t, seedFile+"log-level: 2\napi.listen: ':9090'\n"); c.Log.Level != slog.LevelError ||
		c.Server.Listen != ":9090" {
		t.Errorf("of the file: %v, %s", c.Log.Level, c.Server.Listen)
	}
}

// TestOlderLabel: space around a label is not of it, so the series go on under the same name.
func TestOlderLabel(t *testing.T) {
	c := mustLoad(t, strings.Replace(seedFile, "label: K8S_test", "label: ' K8S test '", 1))
	if got := c.Teams[0].Name; got != "K8S test" {
		t.Errorf("the team is called %q", got)
	}
}
