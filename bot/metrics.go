package bot

import (
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/jira"
	"jerem/publish"
)

// Metrics tell how the loop itself fares. They are a collector, to be registered where they are shown;
// a nil Metrics counts nothing. docs/prometheus.md lists them.
type Metrics struct {
	cycles   *prometheus.CounterVec // by result
	duration prometheus.Histogram
	last     prometheus.Gauge
	readings *prometheus.CounterVec // by team and result
	requests *prometheus.CounterVec // by status
	waited   prometheus.CounterFunc
	limits   limits
	posted   *prometheus.CounterVec // by sink
	failed   *prometheus.CounterVec // by sink
	refused  *prometheus.CounterVec // by sink and why
	lastPost *prometheus.GaugeVec   // by sink
	cursor   *prometheus.GaugeVec   // by sink and team
	owed     *prometheus.GaugeVec   // by sink and team
	bounds   *prometheus.GaugeVec   // by sink and side
}

// The values of the label result.
const (
	resultOK     = "ok"
	resultFailed = "failed"
)

// statuses are the values of the label status: what an answer's code begins with, limited for 429, and
// none where no answer came.
var statuses = []string{"2xx", "3xx", "4xx", "5xx", "limited", "none"}

// NewMetrics returns metrics of a loop; waited tells how long the client of Jira held requests back so
// far, limited by which limits of Jira. The loop's requests are counted by the transport that CountRequests returns.
func NewMetrics(waited func() time.Duration, limited func() []jira.LimitedBy) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
	}
	m := &Metrics{
		cycles: counter("jerem_cycles_total", "Cycles of reading, by result: ok or failed.", "result"),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "jerem_cycle_duration_seconds",
			Help:    "How long cycles of reading took.",
			Buckets: []float64{.1, .5, 1, 5, 15, 60, 300, 1800}}),
		last: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jerem_last_cycle_timestamp_seconds",
			Help: "When the last cycle of reading without trouble ended, by the clock of this machine; 0 before " +
				"the first."}),
		readings: counter("jerem_team_readings_total",
			"Readings of a team, by result: ok or failed; failed are those too of which Jira told less than is known.",
			"team", "result"),
		requests: counter("jerem_jira_requests_total",
			"Requests sent to Jira, repeated ones included, "+
				"by status of the answer: limited is 429, none is no answer.", "status"),
		waited: prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "jerem_jira_wait_seconds_total",
			Help: "How long requests to Jira were held back: " +
				"to keep the own rate, because Jira limited them, or before another try."},
			func() float64 { return waited().Seconds() }),
		limits: newLimits(limited),
		posted: counter("jerem_posted_points_total", "Points that sinks took.", "sink"),
		failed: counter("jerem_failed_posts_total",
			"Posts of a team's series that a sink did not take; they are tried again.", "sink"),
		refused: counter("jerem_refused_points_total",
			"Points that sinks do not take and that are left out: unreadable to them, too old or too far ahead.",
			"sink", "why"),
		lastPost: gauge("jerem_last_post_timestamp_seconds",
			"When a sink last took points, by the clock of this machine; absent while it took none.", "sink"),
		cursor: gauge("jerem_sink_cursor_timestamp_seconds",
			"Up to which moment of Jira's clock a sink has a team's series.", "sink", "team"),
		owed: gauge("jerem_sink_owed_series", "Series of which points should be deleted at a sink and were not yet.",
			"sink", "team"),
		bounds: gauge("jerem_sink_bound_seconds",
			"How old (past), or how far ahead (future), "+
				"the nearest points are that a sink was found not to take; absent where it takes all.", "sink", "side"),
	}
	for _, result := range []string{resultOK, resultFailed} {
		m.cycles.WithLabelValues(result)
	}
	for _, status := range statuses {
		m.requests.WithLabelValues(status)
	}
	return m
}

// Describe implements prometheus.Collector.
func (m *Metrics) Describe(to chan<- *prometheus.Desc) {
	for _, c := range m.allCollectors() {
		c.Describe(to)
	}
}

// Collect implements prometheus.Collector.
func (m *Metrics) Collect(to chan<- prometheus.Metric) {
	for _, c := range m.allCollectors() {
		c.Collect(to)
	}
}

func (m *Metrics) allCollectors() []prometheus.Collector {
	return []prometheus.Collector{m.cycles, m.duration, m.last, m.readings, m.requests, m.waited, m.limits, m.posted,
		m.failed,
		m.refused, m.lastPost, m.cursor, m.owed, m.bounds}
}

// CountRequests returns a transport that counts what passes through another one; nil stands for the
// usual one.
func (m *Metrics) CountRequests(next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return counting{m, next}
}

type counting struct {
	m    *Metrics
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.next.RoundTrip(r)
	c.m.requests.WithLabelValues(statusOf(res, err)).Inc()
	return res, err
}

func statusOf(res *http.Response, err error) string {
	switch {
	case err != nil || res.StatusCode < 200 || res.StatusCode > 599:
		return "none"
	case res.StatusCode == http.StatusTooManyRequests:
		return "limited"
	}
	return fmt.Sprintf("%dxx", res.StatusCode/100)
}

// countCycle notes a cycle that ended.
func (m *Metrics) countCycle(took time.Duration, ok bool) {
	if m == nil {
		return
	}
	m.duration.Observe(took.Seconds())
	m.cycles.WithLabelValues(resultLabel(ok)).Inc()
	if ok {
		m.last.SetToCurrentTime()
	}
}

func resultLabel(ok bool) string {
	if ok {
		return resultOK
	}
	return resultFailed
}

// countReading notes a reading of a team.
func (m *Metrics) countReading(team string, ok bool) {
	if m == nil {
		return
	}
	for _, ok := range []bool{true, false} {
		m.readings.WithLabelValues(team, resultLabel(ok)) // both are there from the beginning
	}
	m.readings.WithLabelValues(team, resultLabel(ok)).Inc()
}

// Pushed notes what a sink took of a team.
func (m *Metrics) Pushed(sink string, done publish.Outcome, ok bool) {
	if m == nil {
		return
	}
	m.posted.WithLabelValues(sink).Add(float64(done.Points))
	for why, n := range map[string]int{"unreadable": done.RejectedPoints, "past": done.Past, "future": done.Future} {
		m.refused.WithLabelValues(sink, why).Add(float64(n))
	}
	m.failed.WithLabelValues(sink)
	if !ok {
		m.failed.WithLabelValues(sink).Inc()
	}
	if done.Points > 0 {
		m.lastPost.WithLabelValues(sink).SetToCurrentTime()
	}
}

// Pending notes of how many series of a team points are still to be deleted at a sink.
func (m *Metrics) Pending(sink, team string, series int) {
	if m != nil {
		m.owed.WithLabelValues(sink, team).Set(float64(series))
	}
}

// Bounded notes how old, and how far ahead, the nearest points are that a sink does not take; 0 is no bound.
func (m *Metrics) Bounded(sink string, past, future time.Duration) {
	if m == nil {
		return
	}
	for side, age := range map[string]time.Duration{"past": past, "future": future} {
		if age > 0 {
			m.bounds.WithLabelValues(sink, side).Set(age.Seconds())
		}
	}
}

// Left forgets what was noted of a team at a sink: another instance leads it.
func (m *Metrics) Left(sink, team string) {
	if m == nil {
		return
	}
	m.cursor.DeleteLabelValues(sink, team)
	m.owed.DeleteLabelValues(sink, team)
}

// leaveReading forgets when the last cycle ended: another instance reads.
func (m *Metrics) leaveReading() {
	if m != nil {
		m.last.Set(0)
	}
}

// Reached notes up to which moment a sink has a team's series.
func (m *Metrics) Reached(sink, team string, at time.Time) {
	if m != nil {
		m.cursor.WithLabelValues(sink, team).Set(float64(at.UnixMicro()) / 1e6)
	}
}
