package forecast

import (
	"math/rand/v2"
	"sync"
)

// blocks are the draws of one trial, as parts of 1: the same for all teams. A trial draws from a stream of its own, so
// that the same question with more work, another pace or a day less is answered by the same draws.
type blocks struct {
	series, trial int
	kept          []float64 // the first draws of the trial; none where they are not kept
	further       []float64 // those behind them
	begun         bool      // the stream stands behind what was drawn
	source        rand.PCG
	random        *rand.Rand
}

// beginTrial makes ready for a trial of a series of trials.
func (b *blocks) beginTrial(series, trial int) {
	b.series, b.trial, b.begun = series, trial, false
	b.kept, b.further = nil, b.further[:0]
	if series == forecastSeries && trial < keptTrials {
		b.kept = keptDraws()[trial*keptOfTrial : (trial+1)*keptOfTrial]
	}
}

// amountOn returns the n-th draw of the trial, 0 being the first.
func (b *blocks) amountOn(n int) float64 {
	if n < len(b.kept) {
		return b.kept[n]
	}
	return b.furtherOn(n - len(b.kept))
}

func (b *blocks) furtherOn(n int) float64 {
	if !b.begun {
		b.beginStream()
	}
	for len(b.further) <= n {
		b.further = append(b.further, b.random.Float64())
	}
	return b.further[n]
}

// beginStream begins the stream of the trial behind the draws that are kept.
func (b *blocks) beginStream() {
	b.source.Seed(Seed+uint64(b.series), uint64(b.trial))
	if b.random == nil {
		b.random = rand.New(&b.source)
	}
	for range b.kept {
		b.random.Float64()
	}
	b.begun = true
}

const (
	// forecastSeries is the series of draws of all forecasts but those that are replayed, which have a series each: see
	// [replayMedians].
	forecastSeries = 0
	// keptTrials and keptOfTrial say of how many trials the first draws are kept, and how many: each question draws
	// them again. It is a megabyte; few trials of a question that has a date need more.
	keptTrials, keptOfTrial = 10_000, 13
)

// keptDraws are the first draws of the trials of forecasts.
var keptDraws = sync.OnceValue(func() []float64 {
	draws := make([]float64, 0, keptTrials*keptOfTrial)
	var source rand.PCG
	random := rand.New(&source)
	for trial := range uint64(keptTrials) {
		source.Seed(Seed+forecastSeries, trial)
		for range keptOfTrial {
			draws = append(draws, random.Float64())
		}
	}
	return draws
})

// sizeSeries is the series of draws from which unestimated issues take their size.
const sizeSeries = 1 << 40

// sizeDraws are the draws from which unestimated issues take their size in a trial, of one team after the other.
type sizeDraws struct {
	trial  int
	begun  bool
	source rand.PCG
	random *rand.Rand
}

// beginTrial makes ready for a trial.
func (d *sizeDraws) beginTrial(trial int) { d.trial, d.begun = trial, false }

// trialStream returns the stream of the trial, at its beginning where nothing was drawn of it.
func (d *sizeDraws) trialStream() *rand.Rand {
	if d.random == nil {
		d.random = rand.New(&d.source)
	}
	if !d.begun {
		d.source.Seed(Seed+sizeSeries, uint64(d.trial))
		d.begun = true
	}
	return d.random
}
