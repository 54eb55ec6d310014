package timeseries

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/recall"
	"jerem/measure/outlook"
	"jerem/measure/timeseries/digest"
	"jerem/measure/timeseries/flowseries"
	"jerem/series"
)

// Told keeps what was told at the noons of the past, so that it is worked out again only where something changed that
// it rests on: a figure as of a moment does not depend on what came after. The zero value is ready; one is for one team
// as it is configured, and not for several goroutines at once.
type Told struct {
	// GiveWay is called between two parts, and may wait; its error ends the making. Nil waits for nothing.
	GiveWay func(context.Context) error

	digests  digest.Digests
	workers  int // how many noons are told at once; 0 for one
	mu       sync.Mutex
	figures  map[toldKey]toldFigures // under mu
	last     []ToldFigures           // at the last call
	memory   memory                  // of sprints, epics and quarters at the last call
	currents currentSprints
	labels   map[forecastLabel]map[string]string // of the series of forecasts
	count    int                                 // of the pieces at the last call
	flow     flowseries.Memory
}

// toldKey tells apart what is told at a noon: the forecast of the quarter, or that of a sprint.
type toldKey struct {
	noon   int64 // tick: a moment of another load of the same zone is another value of Go
	sprint int64 // 0 for the quarter
}

// toldFigures are the figures of a noon, with a digest of what they rest on.
type toldFigures struct {
	digest  uint64
	figures outlook.Figures
}

// Pieces is [PiecesUntilDone] with what was told kept from one call to the next. A call that was told to end keeps the
// figures of the noons that it came to.
func (k *Told) Pieces(ctx context.Context, team *measure.Team, now time.Time) ([]series.Series, error) {
	m := newMaker(team, now, k.memory)
	m.flow = &k.flow
	pieces, err := m.allPieces(ctx, k)
	if err != nil {
		return nil, err
	}
	k.memory = m.made
	return pieces, nil
}

// toldOnce is for who makes all series once, and has nobody to give way to: it takes all processors, and the memory of
// as many forecasts.
func toldOnce() *Told { return &Told{workers: runtime.GOMAXPROCS(0)} }

// currentSprints are the sprints that are active at noons of the past. They rest on the sprints of the team alone.
type currentSprints struct {
	sprints []agile.Sprint  // of which they are told
	active  map[int64]int64 // by tick
}

// activeAt returns the sprint that is active at a noon; 0 for none.
func (c *currentSprints) activeAt(team *measure.Team, at time.Time) (id int64) {
	if now := team.History().Sprints; c.active == nil || !recall.SamePlace(now, c.sprints) {
		if !slices.EqualFunc(now, c.sprints, isSameSprint) || c.active == nil {
			c.active = map[int64]int64{}
		}
		c.sprints = now
	}
	id, known := c.active[series.Tick(at)]
	if !known {
		id, _ = team.ActiveSprint(at)
		c.active[series.Tick(at)] = id
	}
	return id
}

func isSameSprint(a, b agile.Sprint) bool {
	return a.ID == b.ID && slices.Equal(a.Versions, b.Versions)
}

// giveWay waits between two parts. The error is also that of a context that ended.
func (k *Told) giveWay(ctx context.Context) error {
	if k.GiveWay == nil {
		return ctx.Err()
	}
	return k.GiveWay(ctx)
}

// figuresOf returns the figures of a forecast as of a noon, of which a digest is given of what it rests on.
func (k *Told) figuresOf(key toldKey, digest uint64, tell func() outlook.Figures) outlook.Figures {
	k.mu.Lock()
	known, ok := k.figures[key]
	k.mu.Unlock()
	if ok && known.digest == digest {
		return known.figures
	}
	known = toldFigures{digest, tell()}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.figures == nil {
		k.figures = map[toldKey]toldFigures{}
	}
	k.figures[key] = known
	return known.figures
}
