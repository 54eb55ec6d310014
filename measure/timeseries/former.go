package timeseries

import (
	"context"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/series"
)

// This file hands what was told at the noons of the past from one process to another. It is a part of what the series
// hold, and takes more than half of the time to make them.

// ToldFigures are the figures that were told of a quarter or of a sprint as of a noon, in a form that can be kept.
type ToldFigures struct {
	Noon    int64           `json:"noon"`             // tick
	Sprint  int64           `json:"sprint,omitempty"` // 0 for the quarter
	Figures outlook.Figures `json:"figures"`
}

// PiecesTold is [PiecesUntilDone] for who makes all series once and has nobody to give way to, where another process
// told of the very team, in the same program, at some noons of the past.
func PiecesTold(
	ctx context.Context, team *measure.Team, now time.Time, former []ToldFigures,
) ([]series.Series, error) {
	told := toldOnce()
	told.Recall(team, now, former)
	return newForgettingMaker(team, now).allPieces(ctx, told)
}

// Figures returns what the series that were made last tell of the noons of the past, in order of these.
func (k *Told) Figures() []ToldFigures { return k.last }

// noteTold keeps what was told at some noons, for Figures.
func (k *Told) noteTold(noons []time.Time, told []toldNoon) {
	k.last = nil
	for n, at := range noons {
		k.last = append(k.last, ToldFigures{Noon: series.Tick(at), Figures: told[n].quarter})
		for _, s := range told[n].sprints {
			k.last = append(k.last, ToldFigures{Noon: series.Tick(at), Sprint: s.id, Figures: s.figures})
		}
	}
}

// Recall takes what another process told of the very team, in the same program: it is told again where nothing changes
// that it rests on. now is the moment as of which series will be asked for first.
func (k *Told) Recall(team *measure.Team, now time.Time, former []ToldFigures) {
	if len(former) == 0 {
		return
	}
	figures := make(map[toldKey]outlook.Figures, len(former))
	for _, told := range former {
		figures[toldKey{told.Noon, told.Sprint}] = told.Figures
	}
	recall := func(key toldKey, digest uint64) {
		if known, ok := figures[key]; ok {
			k.figuresOf(key, digest, func() outlook.Figures { return known })
		}
	}
	noons := forecastNoons(team, now)
	for n, digest := range k.digests.At(team, noons) {
		recall(toldKey{noon: series.Tick(noons[n])}, digest)
		for _, s := range activeSprints(team.Index, noons[n]) {
			recall(toldKey{series.Tick(noons[n]), s.id}, digest+k.digests.OfSprint(s.version))
		}
	}
}
