package investment_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/investment"
	"jerem/measure/storytest"
)

// TestMixAddsUp: each kind adds up to the whole time that is logged, and to the same estimate.
func TestMixAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		for _, quarter := range investment.Of(team, storytest.GeneratedStart.Add(120*time.Hour), 2) {
			seconds, estimates := map[string]int64{}, map[string]float64{}
			for _, row := range quarter.Rows {
				seconds[row.Kind] += row.Seconds
				estimates[row.Kind] += row.Estimate
			}
			for _, kind := range []string{investment.ByInitiative, investment.ByType, investment.ByNature} {
				if seconds[kind] != seconds[investment.ByType] ||
					math.Abs(estimates[kind]-estimates[investment.ByType]) > 1e-6 {
					t.Fatalf("%s: %s makes %ds and %v, types %ds and %v", quarter.Quarter, kind, seconds[kind],
						estimates[kind], seconds[investment.ByType], estimates[investment.ByType])
				}
			}
		}
	})
}
