package forecast

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestKeptDraws: a trial is told the numbers of its own stream, in whatever order and however many are asked for; of a
// forecast the first ones come from those that are kept, and the stream is not begun for them.
func TestKeptDraws(t *testing.T) {
	for _, of := range []struct {
		series, trial int
		isKept        bool
	}{
		{forecastSeries, 0, true}, {forecastSeries, 7, true}, {forecastSeries, keptTrials - 1, true},
		{forecastSeries, keptTrials, false}, {replayFirst, 7, false},
	} {
		var want []float64
		random := rand.New(rand.NewPCG(Seed+uint64(of.series), uint64(of.trial)))
		for range 3 * keptOfTrial {
			want = append(want, random.Float64())
		}
		for _, asked := range [][]int{{0, 1, 2}, {keptOfTrial - 1, keptOfTrial, 0},
			{3*keptOfTrial - 1, keptOfTrial, 2}} {
			var draws blocks
			draws.beginTrial(forecastSeries, 3) // of another trial before
			draws.amountOn(2 * keptOfTrial)
			draws.beginTrial(of.series, of.trial)
			for _, n := range asked {
				if got := draws.amountOn(n); got != want[n] {
					t.Errorf("series %d, trial %d: draw %d is %v, want %v", of.series, of.trial, n, got, want[n])
				}
			}
			if needsStream := !of.isKept || slices.Max(asked) >= keptOfTrial; draws.begun != needsStream {
				t.Errorf("series %d, trial %d, draws %v: the stream was begun: %v", of.series, of.trial, asked,
					draws.begun)
			}
		}
	}
}

// TestSortDays: days and dates are sorted, whether they lie close together or far apart.
func TestSortDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.IntRange(-3, 800_000).Draw(t, "first")
		width := rapid.SampledFrom([]int{0, 5, 100, tooLong}).Draw(t, "width")
		days := rapid.SliceOf(rapid.IntRange(first, first+width)).Draw(t, "days")
		want := slices.Sorted(slices.Values(days))
		if sortDays(days); !slices.Equal(days, want) {
			t.Errorf("%v, want %v", days, want)
		}
	})
}

// TestMedianOf: the median of counted days is that of the days one by one.
func TestMedianOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 40).Draw(t, "days")
		times := make([]int, 13)
		for _, day := range days {
			times[day]++
		}
		slices.Sort(days)
		if got, want := medianOf(times, len(days)), (Answer{Days: days}).Median(); got != want {
			t.Errorf("%v: median %d, want %d", days, got, want)
		}
	})
}

// TestTrialsAllocateNothing: trials take no room of their own, however many they are.
func TestTrialsAllocateNothing(t *testing.T) {
	work := Work{Throughput: randomDays(rand.New(rand.NewPCG(8, 9)), 300), Remaining: 300, Unestimated: 3,
		Sizes: []float64{1, 2, 3}}
	q := Question{Teams: []Work{work, work}, Trials: 5_000}
	if got := testing.AllocsPerRun(3, func() { simulateTrials(q) }); got > 60 {
		t.Errorf("%v allocations for %d trials", got, q.Trials)
	}
	if got := testing.AllocsPerRun(5,
		func() { replayMedians(work.Throughput, []float64{5, 10, 20, 30}, 300) }); got > 40 {
		t.Errorf("%v allocations for the %d trials of a replayed day", got, replayTrials)
	}
}

// TestValueOfRank: the value of a rank is that of the sorted list, also where many values are equal.
func TestValueOfRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]float64{0, 1, 1.5, 2}), rapid.Float64Range(0, 3)), 1,
			200)
		list := values.Draw(t, "list")
		rank := rapid.IntRange(0, len(list)-1).Draw(t, "rank")
		want := slices.Sorted(slices.Values(list))
		if got := valueOfRank(slices.Clone(list), rank); got != want[rank] {
			t.Errorf("rank %d of %v is %v, want %v", rank, list, got, want[rank])
		}
	})
}

// TestDayOf: the day of one amount is that which a list of amounts is given, with growth, with blocks that are
// multiplied and with rest that is owed.
func TestDayOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		work := Work{Throughput: drawThroughput(t, 10, 200)}
		if rapid.Bool().Draw(t, "grows") {
			work.Growth = rapid.SliceOfN(rapid.Float64Range(-2, 2), len(work.Throughput), len(work.Throughput)).Draw(t,
				"growth")
		}
		if rapid.Bool().Draw(t, "relieved") {
			work.Relief = func(block []int) float64 { return 1 + float64(block[0]%7)/7 }
		}
		work.Availability = rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 12).Draw(t, "availability")
		from := newSource(work)
		amounts := rapid.SliceOfN(rapid.Float64Range(0, 400), 1, 5)
		for trial, amount := range amounts.Draw(t, "amounts") {
			var draws blocks
			draws.beginTrial(forecastSeries, trial)
			day := []int{0}
			from.simulateDays([]float64{amount}, &draws, day)
			if got := from.dayOf(amount, &draws); got != day[0] {
				t.Fatalf("%v is done on day %d, want %d", amount, got, day[0])
			}
		}
	})
}
