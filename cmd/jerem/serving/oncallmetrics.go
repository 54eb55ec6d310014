package serving

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/oncall/roster"
)

// asideCollector tells how many events of each source of alerts are set aside.
type asideCollector struct {
	sources []string // of the file
	events  roster.Events
}

var metricAside = prometheus.NewDesc("jerem_oncall_events_set_aside",
	"Events of a source of alerts that could not be understood and are kept aside: mend what they name and run jerem "+
		"oncall replay. Absent while what on-call keeps cannot be read.", []string{"source"}, nil)

// Describe tells nothing: which sources there are is found at each scrape.
func (asideCollector) Describe(chan<- *prometheus.Desc) {}

// Collect tells a number for each source of the file, 0 where nothing is set aside, and for those that the file names
// no more.
func (c asideCollector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	aside, err := c.events.EventsSetAside(ctx)
	if err != nil {
		return
	}
	counts := map[string]int{}
	for _, s := range c.sources {
		counts[s] = 0
	}
	for _, s := range aside {
		counts[s.Source] = s.Events
	}
	for source, n := range counts {
		to <- prometheus.MustNewConstMetric(metricAside, prometheus.GaugeValue, float64(n), source)
	}
}
