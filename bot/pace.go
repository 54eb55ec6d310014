package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"jerem/agile"
	"jerem/posting"
	"jerem/publish"
	"jerem/teams"
)

// limitedPause is how long a sink whose quota is used up is left alone.
const limitedPause = time.Minute

// Poster returns what posts to the bot's sinks, the same each time. The bot is not to be changed from then on.
func (b *Bot) Poster() *posting.Poster {
	b.posterOnce.Do(func() {
		if b.Computed == nil {
			b.Computed = teams.NewCache(b.Store)
		}
		b.poster = &posting.Poster{Store: b.Store, Teams: b.Teams, Interval: b.Interval, Steps: b.Steps, Log: b.Log,
			Now:      b.clock(),
			Observer: b.Metrics, Progress: b.Posted, Load: b.Computed.Team}
		if len(b.Sinks) > 1 {
			b.poster.Bodies = &publish.Bodies{}
		}
	})
	return b.poster
}

// clock is our clock.
func (b *Bot) clock() func() time.Time {
	if b.Now == nil {
		return time.Now
	}
	return b.Now
}

// Publish posts to every sink what it does not have yet, the whole past first: team by team, to the sinks side by
// side. What a sink took is noted as it goes, so one that fails loses nothing. It returns the points posted.
func (b *Bot) Publish(ctx context.Context) (int, error) {
	sum := 0
	troubles := make([][]error, len(b.Sinks))
	for _, conf := range b.Teams {
		points := make([]int, len(b.Sinks))
		var all sync.WaitGroup
		for i, sink := range b.Sinks {
			all.Go(func() {
				var err error
				if points[i], err = b.postTeam(ctx, sink, conf); err != nil {
					troubles[i] = append(troubles[i], err)
				}
			})
		}
		all.Wait()
		for _, n := range points {
			sum += n
		}
		if ctx.Err() != nil {
			return sum, ctx.Err()
		}
	}
	joined := make([]error, len(troubles))
	for i, list := range troubles {
		joined[i] = errors.Join(append(list, b.Poster().WriteCursors(ctx, b.Sinks[i]))...)
	}
	return sum, errors.Join(joined...)
}

// postTeam posts to a sink what it lacks of a team, and keeps what it ended by. One team's trouble stays its own.
func (b *Bot) postTeam(ctx context.Context, sink publish.Sink, conf agile.Team) (int, error) {
	points, err := b.Poster().Post(ctx, sink, conf)
	if ctx.Err() != nil {
		return points, ctx.Err()
	}
	b.Live.noteOutcome(conf.Name, sink.Name(), err)
	if err != nil {
		return points, fmt.Errorf("team %s: %w", conf.Name, err)
	}
	return points, nil
}

// postBeside begins to post to each sink in a goroutine of its own. wake says that a reading ended; ended waits until
// all of them have, once the context is over.
func postBeside(ctx context.Context, b *Bot) (wake, ended func()) {
	var running sync.WaitGroup
	var signals []chan struct{}
	for _, sink := range b.Sinks {
		signal := make(chan struct{}, 1)
		signals = append(signals, signal)
		running.Go(func() { postAtPace(ctx, b, sink, signal) })
	}
	viewed := make(chan struct{}, 1)
	signals = append(signals, viewed)
	running.Go(func() { b.keepViewsAfter(ctx, viewed) })
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
func postAtPace(ctx context.Context, b *Bot, sink publish.Sink, signal <-chan struct{}) {
	b.Poster().TellBounds(ctx, sink)
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
		points, err := b.postAll(ctx, sink)
		if ctx.Err() != nil {
			return
		}
		if points > 0 {
			b.Log.Info("posted", "sink", sink.Name(), "points", points, "took",
				time.Since(began).Round(time.Millisecond))
		}
		if err == nil {
			continue
		}
		if posting.Limited(err) {
			again = time.After(limitedPause)
		}
		b.Log.Error("not all was posted, it goes on from there", "sink", sink.Name(), "error", err)
	}
}

// postAll posts to one sink what it lacks of all teams.
func (b *Bot) postAll(ctx context.Context, sink publish.Sink) (points int, err error) {
	if b.Store.Sharing.IsShared() {
		return b.postLed(ctx, sink)
	}
	var troubles []error
	for _, conf := range b.Teams {
		n, err := b.postTeam(ctx, sink, conf)
		points += n
		if ctx.Err() != nil {
			return points, ctx.Err()
		}
		troubles = append(troubles, err)
	}
	return points, errors.Join(append(troubles, b.Poster().WriteCursors(ctx, sink))...)
}

// hour is how long a query of the seed's panels looks back: a grid that may lack a point in it is told.
const hour = time.Hour

// warnOfGaps says when points of the grid come too late for queries of the last hour.
func warnOfGaps(b *Bot, period, took time.Duration) {
	interval := b.Interval
	if interval == 0 {
		interval = posting.DefaultInterval
	}
	if len(b.Sinks) == 0 || interval+period+took < hour {
		return
	}
	b.Log.Warn("queries of the last hour may find no point: metrics.interval, runner.period and the time that a "+
		"cycle takes "+
		"reach an hour together",
		"interval", interval, "period", period, "took", took.Round(time.Second))
}
