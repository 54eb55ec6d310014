package posting

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
)

// This file posts to sinks that take no old points. They have what comes from the first posting on; a past that is
// corrected stays there as it was told. The cursor is all of the ledger, but while a posting is on its way: then the
// ledger has up to where it is, for what was sent before a stop may stand, and a request with any of it is refused.

// begunKey and begunDigest are of the entry that tells up to where a posting is on its way. No series has this key, and
// the claim is of no pieces.
const begunKey, begunDigest = "", "begun"

// postOnward posts the points since the cursor: first those of a posting that did not end, by the requests that it
// made, then those that came since.
func postOnward(ctx context.Context, p *push) error {
	cursor, ok, err := p.poster.Store.Ledger.Cursor(ctx, p.sink, p.team)
	if err != nil {
		return err
	}
	if !ok { // since a step of the grid ago, so that what lives has a point
		cursor = p.until.Add(-p.step)
	}
	if begun := p.ledger.entries[begunKey]; begun != nil && begun.Tried.Until.After(cursor) &&
		!begun.Tried.Until.After(p.until) {
		if err := finishBegun(ctx, p, cursor, begun.Tried.Until); err != nil {
			return err
		}
		cursor = begun.Tried.Until
	}
	err = postSince(ctx, p, cursor, p.until)
	if err != nil && !problem.Is(err, publish.TooOld) {
		return err
	}
	if err != nil {
		p.poster.Log.Warn("the sink takes no points as old as these: they are left out, and it goes on from now",
			"sink", p.sink, "team", p.team, "points", p.total-p.sent, "error", err)
		p.done.Past += p.total - p.sent
	}
	if moved := moveCursor(ctx, p, p.until); moved != nil {
		return moved
	}
	return err
}

// finishBegun posts what a posting was to post that did not end. What is refused of it came before the stop.
func finishBegun(ctx context.Context, p *push, cursor, begun time.Time) error {
	all := p.now
	p.now = make(map[string]*computedSeries, len(all))
	for key, s := range all {
		early := s.cutBefore(series.Tick(begun) + 1)
		early.Until = begun
		if early.digest != "" {
			p.now[key] = early
		}
	}
	err := postSince(ctx, p, cursor, begun)
	p.now = all
	switch {
	case problem.Is(err, publish.TooOld):
		p.poster.Log.Info("a posting was cut short: what the sink refuses of it stands there, or is too old",
			"sink", p.sink, "team", p.team, "points", p.total-p.sent, "error", err)
	case err != nil:
		return err
	}
	return moveCursor(ctx, p, begun)
}

// postSince posts the points from one moment to another, and notes before up to where. A request that the sink refuses
// for the age of a point is given up: asked for again, it would be refused again.
func postSince(ctx context.Context, p *push, from, until time.Time) error {
	tasks := planOnward(p, from)
	if len(tasks) == 0 {
		return nil
	}
	if begun := p.ledger.entries[begunKey]; begun == nil || !begun.Tried.Until.Equal(until) {
		begun = &ledger.SinkSeries{Key: begunKey, Tried: ledger.Claim{Digest: begunDigest, Until: until}}
		if err := p.poster.Store.Ledger.Put(ctx, p.sink, p.team, []ledger.SinkEntry{{SinkSeries: *begun}}); err != nil {
			return err
		}
		p.ledger.rememberEntry(begun)
	}
	return p.postTasks(ctx, tasks)
}

// moveCursor notes up to which moment the sink has all of the team, and that nothing is on its way. It does so at once:
// the cursor is all that is known of the sink.
func moveCursor(ctx context.Context, p *push, to time.Time) error {
	delete(p.state.cursors, p.team)
	delete(p.state.onward, p.team)
	at, ok, err := p.poster.Store.Ledger.Cursor(ctx, p.sink, p.team)
	if err != nil || ok && at.Equal(to) {
		return err
	}
	var ended []ledger.SinkEntry
	if p.ledger.entries[begunKey] != nil {
		ended = []ledger.SinkEntry{{SinkSeries: ledger.SinkSeries{Key: begunKey}}}
		p.ledger.rememberEntry(&ended[0].SinkSeries)
	}
	return p.poster.Store.Together(ctx, func(ctx context.Context) error {
		return errors.Join(p.poster.Store.Ledger.Put(ctx, p.sink, p.team, ended),
			p.poster.Store.Ledger.SetCursors(ctx, p.sink, map[string]time.Time{p.team: to}))
	})
}

// planOnward lists the series that have points after a moment. Events are left out: their points lie ahead, or change
// after their moment.
func planOnward(p *push, after time.Time) (tasks []*task) {
	for key, now := range p.now {
		if now.Pieces[0].Kind == series.Events {
			continue
		}
		from := max(series.Tick(after), p.state.onward[p.team][key]) + 1
		need := func() *series.Needed { return series.Need(now.Extent, nil, nil, series.First, from) }
		if count := need().Count(); count > 0 {
			tasks = append(tasks, &task{key: key, now: now, entry: &ledger.SinkSeries{Key: key}, from: from,
				need:  need(),
				count: count, light: true})
		}
	}
	orderTasks(p, tasks)
	p.sent = 0
	return tasks
}

// noteOnward remembers what was taken before the cursor moved: a sink that takes no old points refuses it the second
// time.
func (s *sinkState) noteOnward(team, key string, last int64) {
	if s.onward[team] == nil {
		s.onward[team] = map[string]int64{}
	}
	s.onward[team][key] = last
}

// needsPast is the error of a command that posts the past to a sink that takes none.
func needsPast(sink publish.Sink) error {
	return &problem.Problem{Code: publish.TooOld,
		Message: fmt.Sprintf("sink %s: takes no old points (backfill: none), and this command posts the past",
			sink.Name()),
		Hint: "Name another sink by --sink; jerem serve posts to this one what comes from now on."}
}
