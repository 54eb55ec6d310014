package bot

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"jerem/jira"
	"jerem/publish"
)

// answers is a transport that plays answers in order: a status, or 0 for none.
type answers []int

func (a *answers) RoundTrip(*http.Request) (*http.Response, error) {
	status := (*a)[0]
	*a = (*a)[1:]
	if status == 0 {
		return nil, errors.New("connection refused")
	}
	return &http.Response{StatusCode: status, Body: http.NoBody}, nil
}

// TestMetricsCount: requests are told apart by how they were answered, readings by team, and a sink by
// what it took; the text holds to the conventions.
func TestMetricsCount(t *testing.T) {
	m := NewMetrics(func() time.Duration { return 90 * time.Second }, func() []jira.LimitedBy {
		return []jira.LimitedBy{{Reason: "jira-burst-based", Times: 3, Rest: 4500 * time.Millisecond}}
	})
	transport := m.CountRequests(&answers{200, 200, 302, 404, 429, 503, 0})
	for range 7 {
		if res, err := transport.RoundTrip(nil); err == nil {
			res.Body.Close()
		}
	}
	m.countReading("K8S", true)
	m.countReading("K8S", false)
	m.countReading("K8S", true)
	m.Pushed("never", publish.Outcome{}, true)
	m.Pushed("warp10", publish.Outcome{Points: 120, RejectedPoints: 5, Past: 7}, true)
	m.Pushed("warp10", publish.Outcome{Points: 3, Future: 2}, false)
	m.Pending("warp10", "K8S", 4)
	m.Bounded("warp10", 15*24*time.Hour, 0)
	m.Reached("warp10", "K8S", time.Unix(1_700_000_000, 500_000_000))
	m.countCycle(2*time.Second, false)
	want, err := os.ReadFile("testdata/metrics.txt")
	if err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m)
	rec := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(rec,
		httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := rec.Body.String()
	for line := range strings.Lines(strings.TrimSpace(string(want))) {
		if !strings.Contains(text, strings.TrimSpace(line)+"\n") {
			t.Errorf("there is no line %s", line)
		}
	}
	for _, never := range []string{`jerem_last_post_timestamp_seconds{sink="never"}`, `side="future"`} {
		if strings.Contains(text, never) {
			t.Errorf("there is a line %s", never)
		}
	}
	if !strings.Contains(text, `jerem_last_post_timestamp_seconds{sink="warp10"}`) {
		t.Error("the last post is not told")
	}
	if problems, err := promlint.New(strings.NewReader(text)).Lint(); err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
}
