package forecast

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPriorWeight(t *testing.T) {
	for own, want := range map[int]int{0: 20, 20: 20, 21: 20, 22: 20, 23: 19, 30: 17, 40: 13, 59: 6, 60: 5, 100: 5} {
		if got := priorWeight(own); got != want {
			t.Errorf("%d own outcomes: %d of the prior, want %d", own, got, want)
		}
	}
}

func TestRatioQuantile(t *testing.T) {
	ratios := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for p, want := range map[float64]float64{0.5: 5, 0.51: 6, 0.85: 9, 0.95: 9, 0.05: 1, 0.1: 1, 0.2: 2} {
		if got := rankQuantile(ratios, p); got != want {
			t.Errorf("p %v: %v, want %v", p, got, want)
		}
	}
}

// flat returns a corrected distribution with one ratio at each horizon.
func flat(ratios ...float64) Corrected {
	var c Corrected
	for i, ratio := range ratios {
		c.ratios[i] = []float64{ratio}
	}
	return c
}

func TestDays(t *testing.T) {
	c := flat(1, 2, 4, 3)
	tests := map[int]int{0: 0, 1: 1, 10: 10, 15: 23, 20: 40, 30: 90, 40: 160, 50: 175, 60: 180, 100: 300}
	for median, want := range tests {
		if got := c.Days(0.85, median); got != want {
			t.Errorf("median %d: %d days, want %d", median, got, want)
		}
	}
	sinking := flat(5, 1, 1, 1) // more work must not be promised sooner
	if got := sinking.Days(0.85, 20); got != sinking.Days(0.85, 10) && got < 50 {
		t.Errorf("20 days told as %d, 10 days as %d", got, sinking.Days(0.85, 10))
	}
}

func TestLimit(t *testing.T) {
	for median, want := range map[int]int{1: 40, 10: 40, 11: 80, 20: 80, 21: 160, 40: 160, 41: 240, 60: 240, 61: 240,
		500: 240} {
		if got := Limit(median); got != want {
			t.Errorf("median %d: nothing beyond %d days, want %d", median, got, want)
		}
	}
}

func TestNearestHorizon(t *testing.T) {
	for median, want := range map[int]int{1: 10, 14: 10, 15: 10, 16: 20, 30: 20, 31: 40, 50: 40, 51: 60, 900: 60} {
		if got := Horizons[NearestHorizon(median)]; got != want {
			t.Errorf("median %d: horizon %d, want %d", median, got, want)
		}
	}
}

// TestOddsOfRatios: of four ratios three lead to 30 days or less, two to 20, which is less than even odds, for the even
// date takes the third.
func TestOddsOfRatios(t *testing.T) {
	var c Corrected
	for i := range c.ratios {
		c.ratios[i] = []float64{0.5, 1, 1.5, 4}
	}
	for days, want := range map[int]float64{9: 0, 10: 0.25, 19: 0.25, 20: 0.49, 29: 0.49, 30: 0.69, 79: 0.69,
		80: 0.95} {
		if got := c.Odds(20, days); got != want {
			t.Errorf("20 days told, %d days there: odds %v, want %v", days, got, want)
		}
	}
}

// drawCorrected draws the record of a team, with the shipped prior beside it.
func drawCorrected(t *rapid.T) Corrected {
	var record []Outcome
	for i := range rapid.IntRange(0, 80).Draw(t, "outcomes") {
		record = append(record, Outcome{Day: i, Horizon: i % 4, P50: rapid.IntRange(1, 80).Draw(t, "told"),
			Days: rapid.IntRange(1, 200).Draw(t, "took"), Known: i})
	}
	return Correct(record, 1000, Shipped())
}

// TestCorrectedMonotone: more work is never promised sooner nor with better odds, more days never with worse ones,
// surer dates lie no earlier.
func TestCorrectedMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCorrected(t)
		median, days := rapid.IntRange(0, 150).Draw(t, "median"), rapid.IntRange(0, 400).Draw(t, "days")
		for i, odds := range Levels {
			if c.Days(odds, median+1) < c.Days(odds, median) {
				t.Fatalf("%d days of work end before %d days of work", median+1, median)
			}
			if i > 0 && c.Days(odds, median) < c.Days(Levels[i-1], median) {
				t.Fatalf("the %v date lies before the %v date", odds, Levels[i-1])
			}
			within := c.Within(odds, days)
			if c.Days(odds, within) > min(days, Limit(within)) {
				t.Fatalf("within %d days: %d of the base, which is shown as %d", days, within, c.Days(odds, within))
			}
			for more := within + 1; more < within+20; more++ {
				if c.Days(odds, more) <= min(days, Limit(more)) {
					t.Fatalf("within %d days: %d of the base, but %d are shown as %d", days, within, more,
						c.Days(odds, more))
				}
			}
		}
		if c.Odds(median, days) < c.Odds(median+1, days) || c.Odds(median, days+1) < c.Odds(median, days) {
			t.Fatalf("odds rise with the work, or fall with the time")
		}
		if c.Odds(median, days) > OverAll {
			t.Fatalf("odds of %v are told", c.Odds(median, days))
		}
	})
}

// TestOddsAgreeWithDates: a deadline has odds of a level or more exactly where the date of that level is not after it,
// with a record and without one. Elsewhere they are the share of outcomes in time.
func TestOddsAgreeWithDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCorrected(t)
		median := rapid.IntRange(1, 120).Draw(t, "median")
		level := rapid.SampledFrom(Levels[:]).Draw(t, "level")
		for days := c.Days(level, median) - 2; days <= c.Days(level, median)+2; days++ {
			odds := c.Odds(median, days)
			if (odds >= level) != (c.Days(level, median) <= days) {
				t.Fatalf("%v of %d days are %d, and odds of %d are %v",
					level, median, c.Days(level, median), days, odds)
			}
		}
	})
}

// TestOddsAreShares: without a record 17 of the 20 outcomes of the prior are in time a rank before the 85 % date is,
// and all other shares are told as they are.
func TestOddsAreShares(t *testing.T) {
	c := Correct(nil, 0, Shipped())
	ratios := c.ratios[1]
	for n, ratio := range ratios[:len(ratios)-1] {
		want := float64(n+1) / 20
		for _, level := range Levels {
			if want == level {
				want -= 0.01
			}
		}
		if got := c.Odds(20, int(math.Ceil(20*ratio))); int(math.Ceil(20*ratio)) < int(math.Ceil(20*ratios[n+1])) &&
			math.Abs(got-want) > Tolerance {
			t.Errorf("%d of 20 outcomes in time: odds %v, want %v", n+1, got, want)
		}
	}
}

// TestOddsReachLevels: of short work a team's dates held, of longer work half took three times as long. Between the two
// horizons the share in time is less than a level whose date is not after the deadline: the odds are that level then.
func TestOddsReachLevels(t *testing.T) {
	var record []Outcome
	for i := range recordLength {
		record = append(record, Outcome{Day: i, Horizon: 0, P50: 10, Days: 10, Known: i},
			Outcome{Day: i, Horizon: 1, P50: 20, Days: 20 + i%2*40, Known: i})
	}
	c := Correct(record, recordLength, Shipped())
	const median, level = 15, 0.95
	days := c.Days(level, median)
	if share := c.shareWithin(median, days); share > level-0.05 {
		t.Fatalf("%d days at odds of %v: %v were in time", days, level, share)
	}
	if got := c.Odds(median, days); got != level {
		t.Errorf("%d days at odds of %v: odds of %v are told of a deadline then", days, level, got)
	}
}

func TestCorrectCountsOwnAndPrior(t *testing.T) {
	var record []Outcome
	for i := range 30 {
		record = append(record, Outcome{Day: i, P50: 10, Days: 10, Known: i + 1})
	}
	c := Correct(record, 25, Shipped())
	if own, prior := c.Own(0); own != 25 || prior != 19 {
		t.Errorf("%d own and %d of the prior, want 25 and 19", own, prior)
	}
	if own, prior := c.Own(3); own != 0 || prior != 20 {
		t.Errorf("%d own and %d of the prior at 60 days, want 0 and 20", own, prior)
	}
}

func TestPriorQuantiles(t *testing.T) {
	p := NewPrior([]PriorRow{{"a", 0, 4, []float64{1, 2, 3, 4}}, {"b", 0, 4, []float64{10}}})
	if diff := cmp.Diff([]float64{1, 2, 3, 4, 10, 10, 10, 10}, p.Quantiles(0, 8)); diff != "" {
		t.Errorf("quantiles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{10, 10}, p.Without("a").Quantiles(0, 2)); diff != "" {
		t.Errorf("without a (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{1, 1}, p.Quantiles(3, 2)); diff != "" {
		t.Errorf("a horizon without ratios (-want +got):\n%s", diff)
	}
}

// TestShippedPrior: about 1.0, 1.2, 1.55 and 2.35 for P50 to P95, from 39 projects.
func TestShippedPrior(t *testing.T) {
	projects := map[string]bool{}
	for _, row := range Shipped().rows {
		projects[row.Project] = true
	}
	if len(projects) != 39 {
		t.Errorf("the prior is of %d projects, want 39", len(projects))
	}
	about := [4]float64{1.0, 1.2, 1.55, 2.35}
	for horizon := range Horizons {
		ratios := Shipped().Quantiles(horizon, 1000)
		for i, p := range Levels {
			if got := rankQuantile(ratios, p); got < about[i]*0.8 || got > about[i]*1.25 {
				t.Errorf("horizon %d, p %v: ratio %v, want about %v", Horizons[horizon], p, got, about[i])
			}
		}
	}
}
