package forecast

import (
	"math"
	"slices"

	"jerem/parallel"
)

// Horizons are the working days ahead that the record looks at.
var Horizons = [4]int{10, 20, 40, 60}

const (
	// replayTrials is the number of trials of a replayed forecast.
	replayTrials = 1_000
	// replayFirst and replayEvery say as of which working days the past is replayed, counted from the first finish.
	replayFirst, replayEvery = 250, 10
	// paceDays is the stretch whose pace makes the work that a replay asks for; activeDays of them must have a finish.
	paceDays, activeDays = 60, 12
	// longest and shortest are, in horizons, the longest outcome that is told apart, and the history that must follow
	// for a forecast without an outcome to count.
	longest, shortest = 5, 3
)

// Outcome is a forecast of the past and what came of it.
type Outcome struct {
	Day     int     // as of the beginning of this working day, counted from the first finish
	Horizon int     // index in [Horizons]
	Work    float64 // what was asked for
	P50     int     // working days told by the base
	Days    int     // working days that it took; five horizons where it took longer
	Known   int     // the working day at whose beginning this is known
}

// Ratio is how much longer it took than was told.
func (o Outcome) Ratio() float64 { return float64(o.Days) / float64(o.P50) }

// Replay returns the record of a team: what the base would have told as of every tenth working day from the 250th
// on, for each horizon, and what came. It is in order of day, then of horizon. What lies after a moment has no
// influence on the outcomes that are known by then.
func Replay(days Throughput) []Outcome {
	var replays []int
	for day := replayFirst; day < len(days); day += replayEvery {
		if days[:day].lastDays(paceDays).Active() >= activeDays {
			replays = append(replays, day)
		}
	}
	outcomes := make([][]Outcome, len(replays))
	parallel.Each(len(replays), func(n int) { outcomes[n] = replayDay(days, replays[n]) })
	return slices.Concat(outcomes...)
}

// replayDay returns the outcomes of the forecasts as of the beginning of a day.
func replayDay(days Throughput, day int) []Outcome {
	past := days[:day]
	pace := past.PaceDays().meanPerDay()
	var amounts [len(Horizons)]float64
	for i, horizon := range Horizons {
		amounts[i] = math.Ceil(pace*float64(horizon) - Tolerance)
	}
	medians := recallMedians(past, amounts[:], day)
	var outcomes []Outcome
	for i, horizon := range Horizons {
		took, reached := daysToFinish(days[day:], amounts[i], longest*horizon)
		if !reached && len(days)-day < shortest*horizon {
			continue // the history ends before anything can be said
		}
		if !reached {
			took = longest * horizon
		}
		outcomes = append(outcomes, Outcome{Day: day, Horizon: i, Work: amounts[i], P50: medians[i], Days: took,
			Known: day + took})
	}
	return outcomes
}

// replayMedians returns the median of the base for each of some amounts, ascending, in working days.
func replayMedians(past Throughput, amounts []float64, day int) []int {
	from := newSource(Work{Throughput: past})
	var draws blocks
	reached := make([]int, len(amounts))
	times := make([][tooLong + 1]int, len(amounts)) // how many trials ended on each day
	for trial := range replayTrials {
		draws.beginTrial(day, trial)
		from.simulateDays(amounts, &draws, reached)
		for i, day := range reached {
			times[i][day]++
		}
	}
	medians := make([]int, len(amounts))
	for i := range times {
		medians[i] = medianOf(times[i][:], replayTrials)
	}
	return medians
}

// medianOf returns the day by which half of some trials ended, of which so many ended on each day.
func medianOf(times []int, trials int) int {
	day, ended := 0, times[0]
	for ended < rankOf(0.5, trials) {
		day++
		ended += times[day]
	}
	return day
}

// daysToFinish returns how many working days it took until an amount was finished, at most a number of them.
func daysToFinish(days Throughput, amount float64, most int) (took int, reached bool) {
	sum := 0.0
	for i, finished := range days[:min(len(days), most)] {
		sum += finished
		if sum >= amount-Tolerance {
			return i + 1, true
		}
	}
	return 0, false
}

// knownRatios returns the ratios of a horizon that are known at the beginning of a day, the last ones of them, in order
// of the day on which they were told.
func knownRatios(record []Outcome, horizon, day int) []float64 {
	var ratios []float64
	for _, outcome := range record {
		if outcome.Horizon == horizon && outcome.Known <= day {
			ratios = append(ratios, outcome.Ratio())
		}
	}
	return ratios[max(0, len(ratios)-recordLength):]
}
