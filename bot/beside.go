package bot

import (
	"context"
	"sync"
	"time"

	"jerem/problem"
	"jerem/publish"
)

// limitedPause is how long a sink whose quota is used up is left alone.
const limitedPause = time.Minute

// postBeside begins to post to each sink in a goroutine of its own. wake says that a reading ended; ended waits until
// all of them have, once the context is over.
func (b *Bot) postBeside(ctx context.Context) (wake, ended func()) {
	var running sync.WaitGroup
	var signals []chan struct{}
	for _, sink := range b.Sinks {
		signal := make(chan struct{}, 1)
		signals = append(signals, signal)
		running.Go(func() { b.postAtPace(ctx, b.outlet(sink), signal) })
	}
	wake = func() {
		for _, signal := range signals {
			select {
			case signal <- struct{}{}:
			default: // it has not begun with what was read before
			}
		}
	}
	return wake, running.Wait
}

// postAtPace posts to one sink after each signal, and goes on by itself with what a quota held up.
func (b *Bot) postAtPace(ctx context.Context, o *outlet, signal <-chan struct{}) {
	b.tellBounds(ctx, o)
	var again <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-signal:
		case <-again:
		}
		again = nil
		began := time.Now()
		points, err := b.publishTo(ctx, o)
		if ctx.Err() != nil {
			return
		}
		if points > 0 {
			b.Log.Info("posted", "sink", o.sink.Name(), "points", points, "took", time.Since(began).Round(time.Millisecond))
		}
		if err == nil {
			continue
		}
		if limited(err) {
			again = time.After(limitedPause)
		}
		b.Log.Error("not all was posted, it goes on from there", "sink", o.sink.Name(), "error", err)
	}
}

// limited tells whether a quota is among troubles.
func limited(err error) bool {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			if limited(one) {
				return true
			}
		}
		return false
	}
	return problem.Is(err, publish.Limited)
}

// tellBounds shows the bounds that were found before this start.
func (b *Bot) tellBounds(ctx context.Context, o *outlet) {
	if bounds, err := b.Store.SinkBounds(ctx, o.sink.Name()); err == nil { // a trouble with the store is told by what follows
		b.Metrics.bounded(o.sink.Name(), bounds.Past, bounds.Future)
	}
}

// hour is how long a query of the seed's panels looks back: a grid that may lack a point in it is told.
const hour = time.Hour

// warnOfGaps says when points of the grid come too late for queries of the last hour.
func (b *Bot) warnOfGaps(period, took time.Duration) {
	if len(b.Sinks) == 0 || b.interval()+period+took < hour {
		return
	}
	b.Log.Warn("queries of the last hour may find no point: metrics.interval, runner.period and the time that a cycle takes reach an hour together",
		"interval", b.interval(), "period", period, "took", took.Round(time.Second))
}
