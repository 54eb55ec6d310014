package serving

import (
	"context"
	"math"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jerem/cmd/jerem/build"
	"jerem/cmd/jerem/setup"
)

// processCollectors are what the process tells of itself, beside the figures.
func processCollectors(o *setup.Instance) []prometheus.Collector {
	build := prometheus.NewGauge(
		prometheus.GaugeOpts{
			Name:        "jerem_build_info",
			Help:        "1, labelled with what was built.",
			ConstLabels: prometheus.Labels{"version": build.VersionText(), "go": runtime.Version()},
		},
	)
	build.Set(1)
	size := prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{
			Name: "jerem_store_size_bytes",
			Help: "Size of the store: of its file and of what is still to be written into it, or of its tables.",
		},
		func() float64 { return storeSize(o) },
	)
	return []prometheus.Collector{
		leaseCollector{o.Store},
		o.Bot.Metrics,
		build,
		size,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	}
}

// storeSize returns the size of the store in bytes, NaN where it cannot be told.
func storeSize(o *setup.Instance) float64 {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	size, err := o.Store.Size(ctx)
	if err != nil {
		return math.NaN()
	}
	return float64(size)
}
