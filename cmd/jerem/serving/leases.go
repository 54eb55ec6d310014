package serving

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/store"
)

// leaseCollector tells what this instance leads, where several share the work; nothing where one process does all.
type leaseCollector struct{ store *store.Store }

var (
	metricLeads = prometheus.NewDesc("jerem_leads",
		"1 where this instance leads a part of the work, 0 where another one does or none: the reading of Jira, "+
			"on call, "+
			"or a team. Absent where one process does all.", []string{"part", "team"}, nil)
	metricEpoch = prometheus.NewDesc("jerem_lease_epoch",
		"How often a part of the work changed hands.", []string{"part", "team"}, nil)
)

// Describe tells nothing: which parts there are is found at each scrape.
func (leaseCollector) Describe(chan<- *prometheus.Desc) {}

// Collect tells who leads what, as the database has it.
func (c leaseCollector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	leases, err := c.store.Sharing.Leases(ctx)
	if err != nil {
		return
	}
	for _, l := range leases {
		leads := 0.0
		if l.Here {
			leads = 1
		}
		to <- prometheus.MustNewConstMetric(metricLeads, prometheus.GaugeValue, leads, l.Part, l.Team)
		to <- prometheus.MustNewConstMetric(metricEpoch, prometheus.CounterValue, float64(l.Epoch), l.Part, l.Team)
	}
}
