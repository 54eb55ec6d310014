package posting

import (
	"context"
	"fmt"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
)

// This file posts to sinks that take no old points. They have what comes from the first posting on; a past that is
// corrected stays there as it was told. The cursor is all of the ledger.

// postOnward posts the points since the cursor. What the sink refuses for its age is given up: asked for again, it
// would be refused again.
func postOnward(ctx context.Context, p *push) error {
	tasks, err := planOnward(ctx, p)
	if err != nil {
		return err
	}
	err = p.postTasks(ctx, tasks)
	if err != nil && !problem.Is(err, publish.TooOld) {
		return err
	}
	delete(p.state.onward, p.team)
	if err != nil {
		p.poster.Log.Warn("the sink takes no points as old as these: they are left out, and it goes on from now",
			"sink", p.sink, "team", p.team, "points", p.total-p.sent, "error", err)
		p.done.Past += p.total - p.sent
	}
	if moved := moveCursor(ctx, p); moved != nil {
		return moved
	}
	return err
}

// moveCursor notes up to which moment the sink has all of the team. It does so at once: the cursor is all that is known
// of the sink.
func moveCursor(ctx context.Context, p *push) error {
	delete(p.state.cursors, p.team)
	at, ok, err := p.poster.Store.Ledger.Cursor(ctx, p.sink, p.team)
	if err != nil || ok && at.Equal(p.until) {
		return err
	}
	return p.poster.Store.Ledger.SetCursors(ctx, p.sink, map[string]time.Time{p.team: p.until})
}

// planOnward lists the series that have points since the cursor; at the first time since a step of the grid ago, so
// that what lives has one. Events are left out: their points lie ahead, or change after their moment.
func planOnward(ctx context.Context, p *push) (tasks []*task, err error) {
	cursor, ok, err := p.poster.Store.Ledger.Cursor(ctx, p.sink, p.team)
	if err != nil {
		return nil, err
	}
	since := series.Tick(cursor)
	if !ok {
		since = series.Tick(p.until.Add(-p.step))
	}
	for key, now := range p.now {
		if now.Pieces[0].Kind == series.Events {
			continue
		}
		from := max(since, p.state.onward[p.team][key]) + 1
		need := func() *series.Needed { return series.Need(now.Extent, nil, nil, series.First, from) }
		if count := need().Count(); count > 0 {
			tasks = append(tasks, &task{key: key, now: now, entry: &ledger.SinkSeries{Key: key}, from: from,
				need:  need(),
				count: count, light: true})
		}
	}
	orderTasks(p, tasks)
	return tasks, nil
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
