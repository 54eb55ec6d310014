package bot

import (
	"errors"
	"net/http"
	"net/http/httptest"
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
	want := `
# HELP jerem_cycles_total Cycles of reading, by result: ok or failed.
# TYPE jerem_cycles_total counter
jerem_cycles_total{result="failed"} 1
jerem_cycles_total{result="ok"} 0
# HELP jerem_failed_posts_total Posts of a team's series that a sink did not take; they are tried again.
# TYPE jerem_failed_posts_total counter
jerem_failed_posts_total{sink="warp10"} 1
# HELP jerem_jira_limit_rest_seconds_total How long such answers asked requests to rest, by the limit as Jira names it.
# TYPE jerem_jira_limit_rest_seconds_total counter
jerem_jira_limit_rest_seconds_total{reason="jira-burst-based"} 4.5
# HELP jerem_jira_limits_total Answers of Jira by which requests had to rest, by the limit as Jira names it: one of bursts holds up its endpoint, a quota all.
# TYPE jerem_jira_limits_total counter
jerem_jira_limits_total{reason="jira-burst-based"} 3
# HELP jerem_jira_requests_total Requests sent to Jira, repeated ones included, by status of the answer: limited is 429, none is no answer.
# TYPE jerem_jira_requests_total counter
jerem_jira_requests_total{status="2xx"} 2
jerem_jira_requests_total{status="3xx"} 1
jerem_jira_requests_total{status="4xx"} 1
jerem_jira_requests_total{status="5xx"} 1
jerem_jira_requests_total{status="limited"} 1
jerem_jira_requests_total{status="none"} 1
# HELP jerem_jira_wait_seconds_total How long requests to Jira were held back: to keep the own rate, because Jira limited them, or before another try.
# TYPE jerem_jira_wait_seconds_total counter
jerem_jira_wait_seconds_total 90
# HELP jerem_posted_points_total Points that sinks took.
# TYPE jerem_posted_points_total counter
jerem_posted_points_total{sink="warp10"} 123
# HELP jerem_refused_points_total Points that sinks do not take and that are left out: unreadable to them, too old or too far ahead.
# TYPE jerem_refused_points_total counter
jerem_refused_points_total{sink="warp10",why="future"} 2
jerem_refused_points_total{sink="warp10",why="past"} 7
jerem_refused_points_total{sink="warp10",why="unreadable"} 5
# HELP jerem_sink_bound_seconds How old (past), or how far ahead (future), the nearest points are that a sink was found not to take; absent where it takes all.
# TYPE jerem_sink_bound_seconds gauge
jerem_sink_bound_seconds{side="past",sink="warp10"} 1.296e+06
# HELP jerem_sink_owed_series Series of which points should be deleted at a sink and were not yet.
# TYPE jerem_sink_owed_series gauge
jerem_sink_owed_series{sink="warp10",team="K8S"} 4
# HELP jerem_sink_cursor_timestamp_seconds Up to which moment of Jira's clock a sink has a team's series.
# TYPE jerem_sink_cursor_timestamp_seconds gauge
jerem_sink_cursor_timestamp_seconds{sink="warp10",team="K8S"} 1.7000000005e+09
# HELP jerem_team_readings_total Readings of a team, by result: ok or failed; failed are those too of which Jira told less than is known.
# TYPE jerem_team_readings_total counter
jerem_team_readings_total{result="failed",team="K8S"} 1
jerem_team_readings_total{result="ok",team="K8S"} 2
`
	registry := prometheus.NewRegistry()
	registry.MustRegister(m)
	rec := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(rec,
		httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := rec.Body.String()
	for line := range strings.Lines(strings.TrimSpace(want)) {
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
