package forecast

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSteadyTeam(t *testing.T) {
	tests := []struct {
		what string
		work Work
		want int
	}{
		{"2 a day, 60 to do", Work{Throughput: steady(120, 2), Remaining: 60}, 30},
		{"2 a day, 61 to do", Work{Throughput: steady(120, 2), Remaining: 61}, 31},
		{"nothing to do", Work{Throughput: steady(120, 2)}, 0},
		{"0.1 a day: sums of fractions miss nothing", Work{Throughput: steady(120, 0.1), Remaining: 1}, 10},
		{"growth of half the pace", Work{Throughput: steady(120, 2), Growth: steady(120, 1), Remaining: 60}, 60},
		{"scope that shrank is no promise", Work{Throughput: steady(120, 2), Growth: steady(120, -1), Remaining: 60},
			30},
		{"growth as fast as the work", Work{Throughput: steady(120, 2), Growth: steady(120, 2), Remaining: 1}, tooLong},
		{"five unestimated issues of 4 each", Work{Throughput: steady(120, 2), Remaining: 40, Unestimated: 5,
			Sizes: []float64{4}}, 30},
		{"unestimated issues of a team without sizes", Work{Throughput: steady(120, 2), Remaining: 40, Unestimated: 5},
			20},
		{"half the pace", Work{Throughput: steady(120, 2), Remaining: 60, Pace: 0.5}, 60},
		{"half of each block given back", Work{Throughput: steady(120, 2), Remaining: 60,
			Relief: func([]int) float64 { return 1.5 }}, 20},
		{"ten days of history", Work{Throughput: steady(10, 3), Remaining: 30}, 10},
	}
	for _, test := range tests {
		answer := Simulate(Question{Teams: []Work{test.work}, Trials: 100})
		if first, last := answer.Days[0], answer.Days[99]; first != test.want || last != test.want {
			t.Errorf("%s: %d to %d working days, want %d", test.what, first, last, test.want)
		}
	}
}

// TestBlocks: the factor of a block is asked for ten consecutive days of the window, for each first day once.
func TestBlocks(t *testing.T) {
	days := steady(150, 1)
	var firsts []int
	newSource(Work{Throughput: days, Relief: func(block []int) float64 {
		if len(block) != 10 {
			t.Fatalf("a block of %d days", len(block))
		}
		firsts = append(firsts, block[0])
		for i := 1; i < len(block); i++ {
			if block[i] != block[i-1]+1 && !(block[i-1] == 149 && block[i] == 30) {
				t.Errorf("block %v is not consecutive", block)
			}
		}
		return 1
	}})
	if len(firsts) != 120 || firsts[0] != 30 || firsts[119] != 149 {
		t.Errorf("blocks begin on %v, want each day from 30 to 149", firsts)
	}
}

// TestBlocksKeepStretchesTogether: a team that works ten days and rests ten days needs 10 to 20 days for ten days'
// work, whichever block comes first; single days would come in between far more often.
func TestBlocksKeepStretchesTogether(t *testing.T) {
	var days Throughput
	for range 6 {
		days = append(append(days, steady(10, 1)...), steady(10, 0)...)
	}
	answer := Simulate(Question{Teams: []Work{{Throughput: days, Remaining: 5}}, Trials: 2000})
	if answer.Days[0] != 5 {
		t.Errorf("the fastest trial took %d days, want 5: a block of a working stretch", answer.Days[0])
	}
	quick := 0
	for _, day := range answer.Days {
		if day <= 10 {
			quick++
		}
	}
	if share := float64(quick) / 2000; share < 0.45 || share > 0.65 {
		t.Errorf("%.2f of the trials end within the first block, want about half", share)
	}
}

// TestTeamsShareTheLoop: of two teams the slower one decides, and what hit both in the past hits both in a trial.
func TestTeamsShareTheLoop(t *testing.T) {
	var same []int
	for day := range tooLong + 1 {
		same = append(same, day)
	}
	slow := Work{Throughput: steady(120, 1), Remaining: 40, Dates: same}
	fast := Work{Throughput: steady(120, 2), Remaining: 40, Dates: same}
	answer := Simulate(Question{Teams: []Work{fast, slow}, Trials: 200})
	if answer.Median() != 40 || answer.Decides[1] != 200 {
		t.Errorf("median %d, decided by %v, want 40 and always the second team", answer.Median(), answer.Decides)
	}
	days := steady(120, 1)
	for i := 40; i < 80; i++ {
		days[i] = 0
	}
	twin := Work{Throughput: days, Remaining: 20, Dates: same}
	alone := Simulate(Question{Teams: []Work{twin}, Trials: 2000})
	both := Simulate(Question{Teams: []Work{twin, twin}, Trials: 2000})
	if a, b := alone.Quantile(0.85), both.Quantile(0.85); b > a+1 {
		t.Errorf("two teams with the same past need %d days, one %d: they do not share what hit them", b, a)
	}
}

func TestSimulateRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Question{Teams: []Work{{Throughput: drawThroughput(t, 20, 200), Remaining: 37}}, Trials: 50}
		if diff := cmp.Diff(Simulate(q), Simulate(q)); diff != "" {
			t.Errorf("two answers to one question differ:\n%s", diff)
		}
	})
}

// TestSimulateMonotone: more work takes no less, a faster pace no more.
func TestSimulateMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		work := Work{Throughput: drawThroughput(t, 20, 200), Remaining: float64(rapid.IntRange(0, 100).Draw(t, "work")),
			Pace: 1}
		more, faster := work, work
		more.Remaining += float64(rapid.IntRange(1, 50).Draw(t, "more"))
		faster.Pace = 1 + float64(rapid.IntRange(1, 20).Draw(t, "faster"))/10
		days := func(w Work) []int { return Simulate(Question{Teams: []Work{w}, Trials: 40}).Days }
		for i, day := range days(work) {
			if days(more)[i] < day {
				t.Fatalf("more work takes less: %v, %v", days(work), days(more))
			}
			if days(faster)[i] > day {
				t.Fatalf("a faster pace takes more: %v, %v", days(work), days(faster))
			}
		}
	})
}

func TestQuantile(t *testing.T) {
	answer := Answer{Days: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}
	for share, want := range map[float64]int{0: 1, 0.05: 1, 0.5: 5, 0.51: 6, 0.85: 9, 0.95: 10, 1: 10} {
		if got := answer.Quantile(share); got != want {
			t.Errorf("quantile %v is %d, want %d", share, got, want)
		}
	}
	if !slices.IsSorted(answer.Days) {
		t.Error("days are not sorted")
	}
}

// TestGrowthBehindTheEnd: growth that comes after the work is done does not hold it back, in the same block either.
func TestGrowthBehindTheEnd(t *testing.T) {
	work := Work{Throughput: steady(300, 1), Growth: make([]float64, 300), Remaining: 1}
	for day := 0; day < 300; day += BlockDays {
		work.Growth[day] = 100
	}
	if got := Simulate(Question{Teams: []Work{work}, Trials: 1000}).Median(); got != 1 {
		t.Errorf("one day of work takes %d days, want 1 in nine of ten blocks", got)
	}
}

// TestUnreachableIsNotDrawn: what no draw reaches is answered without one, be it that a team stopped or that too much
// is left; what the best draws reach is drawn for.
func TestUnreachableIsNotDrawn(t *testing.T) {
	stopped := append(steady(30, 2), steady(WindowDays, 0)...)
	tests := []struct {
		what    string
		work    Work
		amount  float64
		isDrawn bool
	}{
		{"a team that stopped", Work{Throughput: stopped}, 1, false},
		{"one that stopped, with growth", Work{Throughput: stopped, Growth: steady(150, -1)}, 1, false},
		{"more than six years bring", Work{Throughput: steady(120, 2)}, 3_001, false},
		{"what six years bring", Work{Throughput: steady(120, 2)}, 3_000, true},
		{"what they bring by half more hands", Work{Throughput: steady(120, 2), Availability: []float64{3}}, 3_001,
			true},
	}
	for _, test := range tests {
		var draws blocks
		draws.beginTrial(replayFirst, 0) // of a series of which no draw is kept
		source, days := newSource(test.work), []int{0}
		source.simulateDays([]float64{test.amount}, &draws, days)
		if isDrawn := len(draws.further) > 0; isDrawn != test.isDrawn {
			t.Errorf("%s: %d blocks are drawn", test.what, len(draws.further))
		}
		if !test.isDrawn && days[0] != tooLong {
			t.Errorf("%s: done on day %d", test.what, days[0])
		}
	}
}

// TestUnreachableIsNever: days are what drawing every block gives, whatever is reachable.
func TestUnreachableIsNever(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 0, 0.1, 1, 7}), 10, 140)
		work := Work{Throughput: numbers.Draw(t, "finished")}
		if rapid.Bool().Draw(t, "grows") {
			work.Growth = rapid.SliceOfN(rapid.Float64Range(-1, 1), len(work.Throughput), len(work.Throughput)).Draw(t,
				"growth")
		}
		work.Availability = rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 25).Draw(t, "availability")
		drawn := newSource(work)
		bounded := drawn
		drawn.most = math.Inf(1)
		amounts := slices.Sorted(slices.Values(rapid.SliceOfN(rapid.Float64Range(0, 2*bounded.most+1), 1, 4).Draw(t,
			"amounts")))
		want, got := make([]int, len(amounts)), make([]int, len(amounts))
		for trial := range 5 {
			var draws blocks
			draws.beginTrial(0, trial)
			drawn.simulateDays(amounts, &draws, want)
			bounded.simulateDays(amounts, &draws, got)
			if !slices.Equal(got, want) {
				t.Fatalf("amounts %v: days %v, drawn %v", amounts, got, want)
			}
		}
	})
}
