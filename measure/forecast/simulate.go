package forecast

import (
	"math"
	"slices"
)

const (
	// tooLong is the number of working days after which a trial is given up: no date is shown so far ahead.
	tooLong = 1_500
	// Seed makes every simulation repeatable.
	Seed = 20_260_101
	// Tolerance is what sums of decimal fractions may miss a whole amount by.
	Tolerance = 1e-9
)

// Work is what is asked of one team.
type Work struct {
	Throughput Throughput
	// Growth is the net change of the scope on the same days as the throughput; nil where the scope holds still.
	Growth []float64
	// Remaining is the work that is left, without what is unestimated.
	Remaining float64
	// Unestimated is the number of issues without an estimate; each draws its size from Sizes.
	Unestimated int
	Sizes       []float64
	// Pace multiplies all that is drawn, beside the momentum: 1 as it is, 0 stands for 1.
	Pace float64
	// Relief multiplies what a block brings, given the places of its days in the throughput; nil for 1. It is how
	// time taken by impediments is given back.
	Relief func(block []int) float64
	// Availability multiplies what each of the first working days from now brings: the part of the team's working time
	// that is not owed as rest. Nil where nothing is owed.
	Availability []float64
	// Dates are the numbers, which compare over teams, of now and of the working days from now, 1 being the first; the
	// last one stands for all that come after it. Nil where only one team is asked.
	Dates []int
}

// Question is what a simulation is asked. Several teams share one loop: the same stretch of the past is drawn for
// all of them, so that what was common to them is common, and the last one decides within a trial.
type Question struct {
	Teams  []Work
	Trials int
}

// Answer is what a simulation says: for each trial the working day on which the work is done, ascending. With
// several teams these are the [Work.Dates], and Decides tells how often each team was the last one.
type Answer struct {
	Days    []int
	Decides []int
}

// Median returns the working day by which half of the trials are done.
func (a Answer) Median() int { return a.Quantile(0.5) }

// Quantile returns the working day by which a share of the trials is done.
func (a Answer) Quantile(share float64) int {
	return a.Days[rankOf(share, len(a.Days))-1]
}

// rankOf returns the rank, from 1, of the value that a share of some sorted values does not exceed.
func rankOf(share float64, values int) int {
	rank := int(math.Ceil(share*float64(values) - Tolerance))
	return max(1, min(values, rank))
}

// source is a team's throughput made ready to be drawn from.
type source struct {
	work   Work
	window Throughput // capped and scaled; the first days stand behind the last ones once more
	growth []float64  // of the same days
	blocks []block    // by first day
	starts int        // number of blocks that can be drawn
	most   float64    // no trial finishes more before it is given up, whatever it draws
}

// block is what a whole block brings. With it a trial passes over a block on whose days the work cannot be done.
type block struct {
	relief      float64 // what its days are multiplied by
	finished    float64 // by all its days, multiplied
	grown       float64 // by all its days
	leastGrowth float64 // the least that it grew by the end of any of its days
}

func newSource(work Work) source {
	s := source{work: work, window: work.Throughput.Window()}
	scale := Momentum(s.window)
	if work.Pace > 0 {
		scale *= work.Pace
	}
	for i := range s.window {
		s.window[i] *= scale
	}
	s.starts = len(s.window)
	s.window = wrapDays(s.window)
	if work.Growth != nil {
		s.growth = wrapDays(work.Growth[len(work.Growth)-s.starts:])
	}
	s.blocks = make([]block, s.starts)
	multipliers := blockMultipliers(work, s.starts)
	for start := range s.blocks {
		s.blocks[start] = s.sumBlock(start, multipliers[start])
	}
	s.most = s.mostFinished()
	return s
}

// mostFinished returns what no trial exceeds before it is given up: the best block drawn each time, with every day of
// it at the best availability. It is a little more than that, for sums of fractions are not exact.
func (s *source) mostFinished() float64 {
	best, available := 0.0, 1.0
	for _, b := range s.blocks {
		best = max(best, b.finished)
	}
	for _, a := range s.work.Availability {
		available = max(available, a)
	}
	const draws, inexact = tooLong / BlockDays, 1 + 1e-6
	return best * available * draws * inexact
}

// sumBlock sums up the days of a block.
func (s *source) sumBlock(start int, relief float64) block {
	b := block{relief: relief, leastGrowth: math.Inf(1)}
	for day := start; day < start+BlockDays; day++ {
		b.finished += s.window[day] * relief
		if s.growth != nil {
			b.grown += s.growth[day]
		}
		b.leastGrowth = min(b.leastGrowth, b.grown)
	}
	return b
}

// wrapDays returns days with the first ones once more behind the last ones. So a block may begin on each day, and
// each day is drawn as often as any other: without it the last days, which know most, would be drawn least.
func wrapDays[T ~[]float64](days T) T {
	return append(slices.Clip(days), days[:min(len(days), BlockDays-1)]...)
}

// blockMultipliers returns what each block of a window is multiplied by.
func blockMultipliers(work Work, starts int) []float64 {
	first := len(work.Throughput) - starts
	factors := slices.Repeat([]float64{1}, starts)
	if work.Relief == nil {
		return factors
	}
	block := make([]int, BlockDays)
	for start := range factors {
		for i := range block {
			block[i] = first + (start+i)%starts
		}
		factors[start] = work.Relief(block)
	}
	return factors
}

// sortDays sorts days, or numbers of dates, by counting them where they lie close together.
func sortDays(days []int) {
	if len(days) == 0 {
		return
	}
	first, last := slices.Min(days), slices.Max(days)
	if last-first > len(days) {
		slices.Sort(days)
		return
	}
	times := make([]int32, last-first+1)
	for _, day := range days {
		times[day-first]++
	}
	sorted := days[:0]
	for n, of := range times {
		for range of {
			sorted = append(sorted, first+n)
		}
	}
}

// Simulate answers a question. Each team must be able to tell (see [Throughput.CanTell]).
func Simulate(q Question) Answer {
	if slices.ContainsFunc(q.Teams, func(w Work) bool { return !w.canRecall() }) {
		return simulateTrials(q)
	}
	return recallAnswer(q)
}

// simulateDays writes the working day on which each of some amounts is done, in ascending order of the amounts: 0 for
// nothing to do, tooLong where it never is. Growth is never below 0 in sum: scope that was once taken out is no
// promise. An amount that no draw reaches is not drawn for: a team that stopped has a window of empty days.
func (s *source) simulateDays(amounts []float64, draws *blocks, days []int) {
	done, grown, next := 0.0, 0.0, 0
	for next < len(amounts) && amounts[next] <= Tolerance {
		days[next] = 0
		next++
	}
	for day := 0; day < tooLong && next < len(amounts) && s.most >= amounts[next]-Tolerance; {
		start := s.startOf(draws, day)
		drawn := s.blocks[start]
		isWhole := day >= len(s.work.Availability)
		if isWhole && done+drawn.finished < amounts[next]+max(0, grown+drawn.leastGrowth)-Tolerance {
			done, grown, day = done+drawn.finished, grown+drawn.grown, day+BlockDays
			continue
		}
		for i, finished := range s.window[start : start+BlockDays] {
			done += finished * drawn.relief * s.work.availableOn(day)
			day++
			if s.growth != nil {
				grown += s.growth[start+i]
			}
			for next < len(amounts) && done >= amounts[next]+max(0, grown)-Tolerance {
				days[next] = day
				next++
			}
		}
	}
	for ; next < len(amounts); next++ {
		days[next] = tooLong
	}
}

// dayOf is simulateDays for one amount of a team that owes no rest: most of what is simulated.
func (s *source) dayOf(amount float64, draws *blocks) int {
	switch {
	case len(s.work.Availability) > 0:
		var day [1]int
		s.simulateDays([]float64{amount}, draws, day[:])
		return day[0]
	case amount <= Tolerance:
		return 0
	case s.most < amount-Tolerance:
		return tooLong
	}
	done, grown := 0.0, 0.0
	for n := range tooLong / BlockDays {
		start := int(draws.amountOn(n) * float64(s.starts))
		drawn := &s.blocks[start]
		if done+drawn.finished < amount+max(0, grown+drawn.leastGrowth)-Tolerance {
			done, grown = done+drawn.finished, grown+drawn.grown
			continue
		}
		for day := range BlockDays {
			done += s.window[start+day] * drawn.relief
			if s.growth != nil {
				grown += s.growth[start+day]
			}
			if done >= amount+max(0, grown)-Tolerance {
				return n*BlockDays + day + 1
			}
		}
	}
	return tooLong
}

// availableOn returns what a day brings of what it would, 0 being the first day from now.
func (w Work) availableOn(day int) float64 {
	if day < len(w.Availability) {
		return w.Availability[day]
	}
	return 1
}

// startOf returns the first day of the block that is drawn for a day of a trial.
func (s *source) startOf(draws *blocks, day int) int {
	return int(draws.amountOn(day/BlockDays) * float64(s.starts))
}

// Amounts returns what half of the trials have finished by the end of each of some working days, 1 being the first: the
// amount that the base calls certain with even odds; 0 for a day below 1. Growth and unestimated issues do not count.
func Amounts(work Work, days []int, trials int) []float64 {
	if !work.canRecall() {
		return simulateAmounts(work, days, trials)
	}
	var in inputs
	in.addNumbers(float64(trials))
	for _, day := range days {
		in.addNumbers(float64(day))
	}
	in.addWork(work)
	return slices.Clone(halfDone.recallValue(in.digestInputs(),
		func() []float64 { return simulateAmounts(work, days, trials) }))
}

func simulateAmounts(work Work, days []int, trials int) []float64 {
	last := max(0, slices.Max(append([]int{0}, days...)))
	byDay := make([][]float64, last+1) // what each trial has finished by the end of a day; nil for days not asked for
	for _, day := range days {
		if day > 0 && byDay[day] == nil {
			byDay[day] = make([]float64, 0, trials)
		}
	}
	from := newSource(work)
	var draws blocks
	for trial := range trials {
		draws.beginTrial(forecastSeries, trial)
		from.addTrial(&draws, byDay)
	}
	amounts := make([]float64, len(days))
	half := make(map[int]float64, len(days)) // what half of the trials have finished by the end of a day
	for n, day := range days {
		if day <= 0 {
			continue
		}
		if _, found := half[day]; !found {
			list := byDay[day]
			half[day] = valueOfRank(list, (len(list)-1)-(len(list)+1)/2+1)
		}
		amounts[n] = half[day]
	}
	return amounts
}

// valueOfRank returns the value that has so many values before it when a list is sorted. It changes the order of the
// list, as far as that needs.
func valueOfRank(list []float64, rank int) float64 {
	for len(list) > fewSorted {
		pivot := middleOf(list[0], list[len(list)/2], list[len(list)-1])
		below, equal := 0, 0
		for n, x := range list { // those below the pivot first, then those that are it
			switch {
			case x < pivot:
				list[n] = list[below+equal]
				list[below+equal] = list[below]
				list[below] = x
				below++
			case x == pivot:
				list[n] = list[below+equal]
				list[below+equal] = x
				equal++
			}
		}
		switch {
		case rank < below:
			list = list[:below]
		case rank < below+equal:
			return pivot
		default:
			list, rank = list[below+equal:], rank-below-equal
		}
	}
	slices.Sort(list)
	return list[rank]
}

// fewSorted is how many values are sorted rather than parted once more.
const fewSorted = 24

// middleOf returns the middle one of three values.
func middleOf(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }

// addTrial adds what a trial has finished by the end of each day that is asked for.
func (s *source) addTrial(draws *blocks, byDay [][]float64) {
	done := 0.0
	for first := 0; first+1 < len(byDay); first += BlockDays {
		start := s.startOf(draws, first)
		relief := s.blocks[start].relief
		for day := first; day < first+BlockDays && day+1 < len(byDay); day++ {
			done += s.window[start+day-first] * relief * s.work.availableOn(day)
			if list := byDay[day+1]; list != nil {
				byDay[day+1] = append(list, done)
			}
		}
	}
}
