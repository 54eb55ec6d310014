package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
)

// defaultInterval is the step of the grid points: each query of the last hour then finds one.
const defaultInterval = 20 * time.Minute

// perPush is how many points are computed before they are posted: a long past is never all in memory.
const perPush = 50_000

// PostProgress tells how far the posting of a team's series to a sink is.
type PostProgress struct {
	Sink, Team  string
	Done, Total int // points
}

// Publish posts to every sink what it does not have yet, the whole past first; the sinks side by side. What a sink
// took is noted as it goes, so one that fails loses nothing. It returns the points posted.
func (b *Bot) Publish(ctx context.Context) (int, error) {
	points := make([]int, len(b.Sinks))
	troubles := make([]error, len(b.Sinks))
	var all sync.WaitGroup
	for i, sink := range b.Sinks {
		all.Go(func() { points[i], troubles[i] = b.publishTo(ctx, b.outlet(sink)) })
	}
	all.Wait()
	sum := 0
	for _, n := range points {
		sum += n
	}
	if ctx.Err() != nil {
		return sum, ctx.Err()
	}
	return sum, errors.Join(troubles...)
}

// publishTo posts to one sink what it does not have yet. One team's trouble stays its own.
func (b *Bot) publishTo(ctx context.Context, o *outlet) (int, error) {
	points := 0
	var troubles []error
	for _, conf := range b.Teams {
		n, err := b.publishTeam(ctx, o, conf)
		points += n
		if ctx.Err() != nil {
			return points, ctx.Err()
		}
		b.Live.note(conf.Name, o.sink.Name(), err)
		if err != nil {
			troubles = append(troubles, fmt.Errorf("team %s: %w", conf.Name, err))
		}
	}
	return points, errors.Join(troubles...)
}

// publishTeam posts to a sink what it lacks of a team as of the team's last complete reading.
func (b *Bot) publishTeam(ctx context.Context, o *outlet, conf agile.Team) (int, error) {
	h, err := b.history(ctx, conf)
	if problem.Is(err, store.NotRead) {
		return 0, nil // nothing is told of a team of which nothing is known
	}
	if err != nil {
		return 0, err
	}
	p := &posting{Bot: b, outlet: o, team: conf.Name, until: h.Until, gaps: h.Gaps}
	err = p.run(ctx, timeseries.Pieces(measure.Of(h), h.Until))
	b.Metrics.pushed(o.sink.Name(), p.done, err == nil)
	if at, ok, unknown := b.Store.Cursor(ctx, o.sink.Name(), conf.Name); ok && unknown == nil {
		b.Metrics.reached(o.sink.Name(), conf.Name, at)
	}
	return p.done.Points, err
}

// history returns what is known of a team as of a reading that ended: in the midst of one only parts of it are
// there.
func (b *Bot) history(ctx context.Context, conf agile.Team) (*agile.History, error) {
	b.between.RLock()
	defer b.between.RUnlock()
	return b.Store.History(ctx, conf)
}

// Repost posts all of a team's series anew as of its last complete reading, whatever a sink is known to have.
// It returns how many series and points were posted.
func (b *Bot) Repost(ctx context.Context, sink publish.Sink, h *agile.History) (lines, points int, err error) {
	p := &posting{Bot: b, outlet: b.outlet(sink), team: h.Team.Name, until: h.Until, gaps: h.Gaps, anew: true}
	err = p.run(ctx, timeseries.Pieces(measure.Of(h), h.Until))
	return p.lines, p.done.Points, err
}

// PublishRange posts a team's series from one moment to another, both included, as known at the latter. It returns
// how many series and points were posted.
func (b *Bot) PublishRange(ctx context.Context, sink publish.Sink, h *agile.History, from, to time.Time) (lines, points int, err error) {
	p := &posting{Bot: b, outlet: b.outlet(sink), team: h.Team.Name, until: to, anew: true, ranged: true, from: series.First}
	if !from.IsZero() {
		p.from = series.Tick(from)
	}
	err = p.run(ctx, timeseries.Pieces(measure.Of(h), to))
	return p.lines, p.done.Points, err
}

func (b *Bot) interval() time.Duration {
	if b.Interval == 0 {
		return defaultInterval
	}
	return b.Interval
}

// Replace deletes all series of a team at a sink, whoever posted them, and posts the whole past anew.
// What stands there is forgotten first: where the posting breaks off, the next cycle posts everything.
func (b *Bot) Replace(ctx context.Context, sink publish.Sink, conf agile.Team) (points int, err error) {
	clearer, ok := sink.(publish.Clearer)
	if !ok {
		return 0, fmt.Errorf("sink %s: cannot drop series", sink.Name())
	}
	if err := b.Store.ForgetPosted(ctx, sink.Name(), conf.Name); err != nil {
		return 0, err
	}
	if err := clearer.Clear(ctx, b.Labels(conf)); err != nil {
		return 0, err
	}
	return b.publishTeam(ctx, b.outlet(sink), conf)
}

// Labels are how the label of a team may stand at a sink, as the older bot wrote it too. What is the
// name of another team is that team's.
func (b *Bot) Labels(conf agile.Team) []string {
	return slices.DeleteFunc(publish.Spellings(conf.Name), func(label string) bool {
		return label != conf.Name && slices.ContainsFunc(b.Teams, func(t agile.Team) bool { return t.Name == label })
	})
}
