package bot

import (
	"github.com/prometheus/client_golang/prometheus"

	"jerem/jira"
)

// limits tell by which of Jira's limits requests had to rest, as a collector of [Metrics].
type limits struct {
	limited func() []jira.LimitedBy
	times   *prometheus.Desc
	rest    *prometheus.Desc
}

func newLimits(limited func() []jira.LimitedBy) limits {
	reason := []string{"reason"}
	return limits{
		limited: limited,
		times: prometheus.NewDesc("jerem_jira_limits_total",
			"Answers of Jira by which requests had to rest, by the limit as Jira names it: one of bursts holds up its "+
				"endpoint, a quota all.", reason, nil),
		rest: prometheus.NewDesc("jerem_jira_limit_rest_seconds_total",
			"How long such answers asked requests to rest, by the limit as Jira names it.", reason, nil),
	}
}

// Describe implements prometheus.Collector.
func (l limits) Describe(to chan<- *prometheus.Desc) {
	to <- l.times
	to <- l.rest
}

// Collect implements prometheus.Collector.
func (l limits) Collect(to chan<- prometheus.Metric) {
	for _, by := range l.limited() {
		to <- prometheus.MustNewConstMetric(l.times, prometheus.CounterValue, float64(by.Times), by.Reason)
		to <- prometheus.MustNewConstMetric(l.rest, prometheus.CounterValue, by.Rest.Seconds(), by.Reason)
	}
}
