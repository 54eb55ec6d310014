package measure_test

import (
	"testing"

	"jerem/measure"
	"jerem/measure/internal/roadmap"
	"jerem/measure/storytest"
)

// BenchmarkQuarter measures the figures of the ninth of twelve quarters, with carry-over.
func BenchmarkQuarter(b *testing.B) {
	t := measure.Of(storytest.BigHistory())
	for b.Loop() {
		if q := t.Quarter(roadmap.QuarterName{Number: 1, Year: 2025}, t.Now()); q.Total == 0 || q.Velocity == nil {
			b.Fatalf("%+v", q)
		}
	}
}

// BenchmarkBurnup measures the days of one quarter.
func BenchmarkBurnup(b *testing.B) {
	t := measure.Of(storytest.BigHistory())
	for b.Loop() {
		if len(t.Burnup(roadmap.QuarterName{Number: 1, Year: 2025}, t.Now())) != 90 {
			b.Fatal("a quarter of 90 days")
		}
	}
}

func BenchmarkOf(b *testing.B) {
	h := storytest.BigHistory()
	for b.Loop() {
		measure.Of(h)
	}
}

func BenchmarkSprint(b *testing.B) {
	t := measure.Of(storytest.BigHistory())
	for b.Loop() {
		if _, err := t.Sprint(40, t.Now()); err != nil {
			b.Fatal(err)
		}
	}
}
