package inputs

import (
	"runtime"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestPastCostsLittle: what a forecast draws from takes a number for each finished issue, and no list of finishes.
func TestPastCostsLittle(t *testing.T) {
	history := storytest.BigHistoryOf(5_000)
	w := TeamWork{Unit: agile.Points, Team: measure.Of(history)}
	finishes := len(w.Team.Index.Finishes(w.Unit, history.Until))
	if finishes < 1_000 {
		t.Fatalf("%d finishes", finishes)
	}
	drawn := w.PastOf(history.Until, false) // once, for what is looked up of the issues
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w.PastOf(history.Until, false)
	runtime.ReadMemStats(&after)
	const ofFinish, ofDay = 12, 120
	taken, most := int(after.TotalAlloc-before.TotalAlloc), ofFinish*finishes+ofDay*len(drawn.Days)
	if taken > most {
		t.Errorf("%d bytes for %d finishes on %d days, want at most %d", taken, finishes, len(drawn.Days), most)
	}
}
