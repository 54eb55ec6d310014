package bot

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics tell how the loop itself fares. They are a collector, to be registered where they are shown;
// a nil Metrics counts nothing.
type Metrics struct {
	cycles   *prometheus.CounterVec // by result
	duration prometheus.Histogram
	last     prometheus.Gauge
	requests prometheus.CounterFunc
	posted   *prometheus.CounterVec // by sink
	failed   *prometheus.CounterVec // by sink
}

// NewMetrics returns metrics of a loop whose requests to Jira a function counts.
func NewMetrics(requests func() int) *Metrics {
	m := &Metrics{
		cycles: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jerem_cycles_total", Help: "Cycles of reading and posting, by result: ok or failed."}, []string{"result"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "jerem_cycle_duration_seconds", Help: "How long cycles took.",
			Buckets: []float64{.1, .5, 1, 5, 15, 60, 300, 1800}}),
		last: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jerem_last_cycle_timestamp_seconds", Help: "When the last cycle without trouble ended, by the clock of this machine."}),
		requests: prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "jerem_jira_requests_total", Help: "Requests sent to Jira, repeated ones included."},
			func() float64 { return float64(requests()) }),
		posted: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jerem_posted_points_total", Help: "Points that sinks took."}, []string{"sink"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jerem_failed_posts_total", Help: "Posts of a team's series that a sink did not take; they are tried again."}, []string{"sink"}),
	}
	for _, result := range []string{"ok", "failed"} {
		m.cycles.WithLabelValues(result)
	}
	return m
}

// Describe implements prometheus.Collector.
func (m *Metrics) Describe(to chan<- *prometheus.Desc) {
	for _, c := range m.all() {
		c.Describe(to)
	}
}

// Collect implements prometheus.Collector.
func (m *Metrics) Collect(to chan<- prometheus.Metric) {
	for _, c := range m.all() {
		c.Collect(to)
	}
}

func (m *Metrics) all() []prometheus.Collector {
	return []prometheus.Collector{m.cycles, m.duration, m.last, m.requests, m.posted, m.failed}
}

// cycled notes a cycle that ended.
func (m *Metrics) cycled(took time.Duration, ok bool) {
	if m == nil {
		return
	}
	m.duration.Observe(took.Seconds())
	if !ok {
		m.cycles.WithLabelValues("failed").Inc()
		return
	}
	m.cycles.WithLabelValues("ok").Inc()
	m.last.SetToCurrentTime()
}

// pushed notes what a sink took of a team.
func (m *Metrics) pushed(sink string, points int, ok bool) {
	if m == nil {
		return
	}
	m.posted.WithLabelValues(sink).Add(float64(points))
	if !ok {
		m.failed.WithLabelValues(sink).Inc()
	}
}
