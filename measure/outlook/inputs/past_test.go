package inputs

import (
	"runtime"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// bytesOf returns how many bytes are allocated while something is done.
func bytesOf(do func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// TestPastCostsLittle: beside its days, what a forecast draws from takes a number for each finished issue, and no list
// of finishes.
func TestPastCostsLittle(t *testing.T) {
	history := storytest.BigHistoryOf(5_000)
	w := TeamWork{Unit: agile.Points, Team: measure.Of(history)}
	drawn := w.PastOf(history.Until, false) // once, for what is looked up of the issues
	if len(drawn.Sizes) < 2_000 {
		t.Fatalf("%d finishes with a size", len(drawn.Sizes))
	}
	first, last := drawn.Days[0], w.Team.Index.Date(history.Until)
	var throughput forecast.Throughput
	ofDays := bytesOf(func() {
		workdays.PlacesOf(workdays.Between(w.Team.Index, first, last))
		throughput = make(forecast.Throughput, len(drawn.Days))
	})
	runtime.KeepAlive(throughput)
	taken := bytesOf(func() { w.PastOf(history.Until, false) })
	const ofSize, ofPage = 8, 8 << 10 // bytes; a list is of whole pages
	if most := ofDays + ofSize*len(drawn.Sizes) + ofPage; taken > most {
		t.Errorf("%d bytes, of them %d for days, with %d sizes: want at most %d", taken, ofDays, len(drawn.Sizes), most)
	}
}
