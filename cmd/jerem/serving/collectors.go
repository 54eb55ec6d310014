package serving

import (
	"os"
	"runtime"

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
			Help: "Size of the store's file and of what is still to be written into it.",
		},
		func() float64 { return storeSize(o) },
	)
	return []prometheus.Collector{
		o.Bot.Metrics,
		build,
		size,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	}
}

func storeSize(o *setup.Instance) float64 {
	size := int64(0)
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(o.Config.Store.Path + end); err == nil {
			size += info.Size()
		}
	}
	return float64(size)
}
