package timeseries

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// BenchmarkQuarterSeries measures the series of all quarters.
func BenchmarkQuarterSeries(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(20_000))
	for b.Loop() {
		m, made := newMaker(t, t.Now(), memory{}), 0
		for _, span := range spansOfQuarters(m) {
			made += len(m.seriesOfQuarter(span))
		}
		if made == 0 {
			b.Fatal("no series")
		}
	}
}

// BenchmarkPieces measures every series but those that a simulation is needed for.
func BenchmarkPieces(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(20_000))
	for b.Loop() {
		exhaustParts(newMaker(t, t.Now(), memory{}))
	}
}

// BenchmarkForecasts measures the series of what was told of each quarter.
func BenchmarkForecasts(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(20_000))
	for b.Loop() {
		toldForecasts(new(Told), t, t.Now())
	}
}

// BenchmarkForecastsKept measures the same where nothing of the past has changed since they were told.
func BenchmarkForecastsKept(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(20_000))
	var told Told
	toldForecasts(&told, t, t.Now())
	for b.Loop() {
		toldForecasts(&told, t, t.Now())
	}
}
