package health

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

// ofTeams tells of another collector what is labelled with the name of one of some teams, and nothing else: a sum over
// all teams, or a failed cycle, tells of those that the visitor may not see.
type ofTeams struct {
	collector prometheus.Collector
	teams     []string
}

// Describe tells nothing: which teams there are is found at each scrape.
func (ofTeams) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (o ofTeams) Collect(to chan<- prometheus.Metric) {
	all := make(chan prometheus.Metric)
	go func() {
		defer close(all)
		o.collector.Collect(all)
	}()
	for m := range all {
		if o.isOfTeams(m) {
			to <- m
		}
	}
}

// isOfTeams tells whether a metric is labelled with one of the teams.
func (o ofTeams) isOfTeams(m prometheus.Metric) bool {
	var written dto.Metric
	if m.Write(&written) != nil {
		return false
	}
	return slices.ContainsFunc(written.Label, func(l *dto.LabelPair) bool {
		return l.GetName() == "team" && slices.Contains(o.teams, l.GetValue())
	})
}
