package measure_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/investment"
	"jerem/measure/storytest"
)

// TestDifferencesAddUp: what the ledger completed, net of what was reopened, and the differences of what is done make
// what the report says done; so for what was removed.
func TestDifferencesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 110).Draw(t, "asked")) * time.Hour)
		for _, sprint := range []int64{1, 2} {
			d, err := measure.DifferencesOf(team, sprint, at)
			if err != nil {
				t.Fatal(err)
			}
			if d == nil {
				continue
			}
			s, _ := team.Sprint(sprint, at)
			done := s.Ledger.Completed - s.Ledger.Reopened
			for _, diff := range d.Differences {
				if diff.Report == nil || *diff.Report != measure.ListRemoved || diff.Why == measure.WhyLeftDone &&
					diff.Estimate < 0 {
					done += diff.Estimate
				}
			}
			said := d.Sums[measure.ListCompleted].Final + d.Sums[measure.ListCompletedOutside].Final
			onlyRemovals := slices.ContainsFunc(d.Differences, func(diff measure.Difference) bool {
				return diff.Why == measure.WhyRolledOver || diff.Why == measure.WhyLeftDone
			})
			if !onlyRemovals && math.Abs(done-said) > 1e-9 {
				t.Fatalf("sprint %d at %v: ledger and differences make %v done, the report says %v: %+v", sprint, at, done, said,
					d.Differences)
			}
		}
	})
}

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
				if seconds[kind] != seconds[investment.ByType] || math.Abs(estimates[kind]-estimates[investment.ByType]) > 1e-6 {
					t.Fatalf("%s: %s makes %ds and %v, types %ds and %v", quarter.Quarter, kind, seconds[kind], estimates[kind],
						seconds[investment.ByType], estimates[investment.ByType])
				}
			}
		}
	})
}
