package timeseries

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// BenchmarkQuarterSeries measures the series of all quarters.
func BenchmarkQuarterSeries(b *testing.B) {
	t := measure.Of(storytest.BigHistory())
	for b.Loop() {
		if len(seriesOfQuarters(t.Roadmap, t.Now())) == 0 {
			b.Fatal("no series")
		}
	}
}

func BenchmarkPieces(b *testing.B) {
	t := measure.Of(storytest.BigHistory())
	for b.Loop() {
		Pieces(t, t.Now())
	}
}
