package timeseries

import (
	"context"
	"encoding/binary"
	"hash/maphash"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/outlook"
	"jerem/series"
)

// Told keeps what was told at the noons of the past, so that it is worked out again only where something changed that
// it rests on: a figure as of a moment does not depend on what came after. The zero value is ready; one is for one team
// as it is configured, and not for several goroutines at once.
type Told struct {
	// GiveWay is called between two parts, and may wait; its error ends the making. Nil waits for nothing.
	GiveWay func(context.Context) error

	seed    maphash.Seed
	workers int // how many noons are told at once; 0 for one
	mu      sync.Mutex
	figures map[toldKey]toldFigures // under mu
	memory  memory                  // of sprints, epics and quarters at the last call
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
	pieces, err := m.pieces(ctx, k)
	if err != nil {
		return nil, err
	}
	k.memory = m.made
	return pieces, nil
}

// toldOnce is for who makes all series once, and has nobody to give way to: it takes all processors, and the memory of
// as many forecasts.
func toldOnce() *Told { return &Told{workers: runtime.GOMAXPROCS(0)} }

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

// digestsAt returns, for each of some moments in ascending order, a digest of all that forecasts rest on and that
// happened by then, and of what has no moment. The order in which things were read does not count.
func (k *Told) digestsAt(team *measure.Team, moments []time.Time) []uint64 {
	if k.seed == (maphash.Seed{}) {
		k.seed = maphash.MakeSeed()
	}
	d := digester{seed: k.seed, moments: moments, sums: make([]uint64, len(moments))}
	x := team.Index
	for id, history := range x.Histories {
		for _, s := range history {
			d.addSnapshot(id, s)
		}
		for _, labels := range x.Issues[id].Labels {
			d.addTexts(id, labels)
		}
	}
	for _, id := range team.Roadmap.Epics {
		for _, marks := range team.Roadmap.MarksOf(x.Issues[id]) {
			d.addTexts(-id, marks) // labels may be marks, and count as both
		}
	}
	for id, logs := range x.Worklogs {
		for _, w := range logs {
			d.addNumbers(w.Created, id, w.Started.UnixNano(), w.Seconds)
		}
	}
	for id, impeded := range x.History.Impeded {
		for _, s := range impeded {
			d.addNumbers(s.From, id, truthNumber(s.Value))
		}
	}
	if x.History.OnCall != nil {
		for _, r := range x.History.OnCall.Rests {
			first := x.History.OnCall.Callouts[r.Callouts[0]]
			d.addNumbers(team.Unexpected.CountedFrom(first.Start), r.Start.UnixNano(), r.End.UnixNano())
		}
	}
	for n := 1; n < len(d.sums); n++ {
		d.sums[n] += d.sums[n-1]
	}
	return d.sums
}

// digestOfSprint returns a digest of a version of a sprint: when it began and is due.
func (k *Told) digestOfSprint(v agile.SprintVersion) uint64 {
	d := digester{seed: k.seed}
	d.beginEntry(v.Start.UnixNano(), v.End.UnixNano(), v.Complete.UnixNano())
	return maphash.Bytes(d.seed, d.buffer)
}

// digester sums up digests of what happened between each of some moments and the one before it.
type digester struct {
	seed    maphash.Seed
	moments []time.Time
	sums    []uint64
	buffer  []byte
}

func (d *digester) addSnapshot(id int64, s index.Snapshot) {
	d.beginEntry(id, s.At.UnixNano(), int64(s.Order), s.Epic, truthNumber(s.Counts), truthNumber(s.InScope),
		truthNumber(s.Estimate.Known))
	d.buffer = append(d.buffer, s.State...)
	d.buffer = binary.LittleEndian.AppendUint64(d.buffer, math.Float64bits(s.Estimate.Value))
	d.endEntry(s.At)
}

func (d *digester) addTexts(id int64, s agile.Step[[]string]) {
	d.beginEntry(id, s.From.UnixNano(), int64(s.Order))
	for _, text := range s.Value {
		d.buffer = append(append(d.buffer, text...), 0)
	}
	d.endEntry(s.From)
}

// addNumbers adds what happened at a moment, in numbers.
func (d *digester) addNumbers(at time.Time, numbers ...int64) {
	d.beginEntry(append(numbers, at.UnixNano())...)
	d.endEntry(at)
}

func (d *digester) beginEntry(numbers ...int64) {
	d.buffer = d.buffer[:0]
	for _, n := range numbers {
		d.buffer = binary.LittleEndian.AppendUint64(d.buffer, uint64(n))
	}
}

// endEntry adds the digest of the buffer to the first moment that is not before another.
func (d *digester) endEntry(at time.Time) {
	n, _ := slices.BinarySearchFunc(d.moments, at, time.Time.Compare)
	if n < len(d.sums) {
		d.sums[n] += maphash.Bytes(d.seed, d.buffer)
	}
}

func truthNumber(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
