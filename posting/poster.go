package posting

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
	"jerem/teams"
)

// DefaultInterval is the step of the grid points: each query of the last hour then finds one.
const DefaultInterval = 20 * time.Minute

// PerPush is how many points are computed before they are posted: a long past is never all in memory.
const PerPush = 50_000

// Poster posts to sinks what they lack of teams, by the ledger in the store. It is safe for concurrent use, by one
// goroutine for each sink.
type Poster struct {
	Store    *store.Store
	Teams    []agile.Team
	Interval time.Duration            // step of the grid points, DefaultInterval where it is 0
	Steps    map[string]time.Duration // of sinks that have another step, by name
	Log      *slog.Logger
	Now      func() time.Time // our clock
	Observer Observer
	Pause    time.Duration   // before a part of what a quota refused is tried, 1 s by default
	Progress func(Progress)  // called while series are posted, for several sinks side by side; may be nil
	Bodies   *publish.Bodies // shared by the sinks where there are several; nil for one

	// Load returns a team as of its last complete reading.
	Load func(context.Context, agile.Team) (*teams.Team, error)

	mu    sync.Mutex
	sinks map[publish.Sink]*sinkState
}

// Progress tells how far the posting of a team's series to a sink is.
type Progress struct {
	Sink, Team  string
	Done, Total int // points
}

// Observer is told what came of postings, for /metrics.
type Observer interface {
	// Pushed tells what a sink took of a team, and whether all went well.
	Pushed(sink string, done publish.Outcome, ok bool)
	// Reached tells up to which moment a sink has a team's series.
	Reached(sink, team string, at time.Time)
	// Pending tells of how many series of a team points are still to be deleted at a sink.
	Pending(sink, team string, series int)
	// Bounded tells how old, and how far ahead, the nearest points are that a sink does not take; 0 is no bound.
	Bounded(sink string, past, future time.Duration)
	// Left tells that another instance leads a team: what was told of it at a sink is so no more.
	Left(sink, team string)
}

// stateOf returns what is known of a sink, the same each time.
func (p *Poster) stateOf(sink publish.Sink) *sinkState {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sinks == nil {
		p.sinks = map[publish.Sink]*sinkState{}
	}
	if p.sinks[sink] == nil {
		p.sinks[sink] = newSinkState(sink, p)
	}
	return p.sinks[sink]
}

// gridInterval returns the step of the grid points at a sink.
func (p *Poster) gridInterval(sink publish.Sink) time.Duration {
	if step := p.Steps[sink.Name()]; step > 0 {
		return step
	}
	if p.Interval == 0 {
		return DefaultInterval
	}
	return p.Interval
}

// Post posts to a sink what it lacks of a team as of the team's last complete reading. It returns the points posted.
// [Poster.WriteCursors] is to be called when all teams were.
func (p *Poster) Post(ctx context.Context, sink publish.Sink, conf agile.Team) (int, error) {
	x, err := p.postMissing(ctx, sink, conf)
	if x == nil {
		return 0, err
	}
	x.logRefusals()
	return x.done.Points, err
}

// postMissing posts to a sink what it lacks of a team. The push is nil where nothing was to be posted.
func (p *Poster) postMissing(ctx context.Context, sink publish.Sink, conf agile.Team) (*push, error) {
	team, err := p.Load(ctx, conf)
	if problem.Is(err, store.NotRead) {
		return nil, nil // nothing is told of a team of which nothing is known
	}
	if err != nil {
		return nil, err
	}
	state := p.stateOf(sink)
	if err := p.followLease(ctx, state, conf.Name); err != nil {
		return nil, err
	}
	last, step := state.served[conf.Name], p.gridInterval(sink)
	same := state.hasSeries(team, conf.Name, step, p.Now())
	if same && onOneStep(team.Until, last.until, step) {
		p.keepUp(state, conf.Name, team.Until)
		return nil, nil
	}
	what := missing
	if !state.can.OldPoints {
		what = onward
	}
	x := p.newPush(state, conf.Name, what)
	x.until, x.gaps = team.Until, team.Measured.History().Gaps
	lines, steady, posted := last.living, last.steady, last.lines
	x.livingOnly = same
	if !same { // else the grid alone goes on
		if lines, steady, err = team.Lines(ctx); err != nil {
			return nil, err
		}
		posted = lines
	}
	delete(state.served, conf.Name)
	x.ledger.rememberLines(last.lines)
	err = x.runPush(ctx, lines, last.ledger)
	p.Observer.Pushed(sink.Name(), x.done, err == nil)
	if err == nil {
		p.tellReached(state, conf.Name, team.Until)
		state.served[conf.Name] = served{generation: team.Generation, until: team.Until, step: step, steady: steady,
			pending: x.ledger.countPending() > 0, ledger: x.ledger.entries,
			lines: posted, living: livingLines(lines, team.Until, step)}
	} else if at, ok, unknown := p.Store.Ledger.Cursor(ctx, sink.Name(), conf.Name); ok && unknown == nil &&
		!state.reached[conf.Name] { // else it is still what was told last
		p.Observer.Reached(sink.Name(), conf.Name, at)
	}
	return x, err
}

// keepUp notes that a sink has all of a team up to a moment, to which nothing was to be posted. The cursor is not
// written: it lies in the same step of the grid, and says the same of every point of it.
func (p *Poster) keepUp(state *sinkState, team string, until time.Time) {
	last := state.served[team]
	last.until = until
	state.served[team] = last
	p.Observer.Pushed(state.sink.Name(), publish.Outcome{}, true)
	p.tellReached(state, team, until)
}

// tellReached tells up to which moment a sink has a team's series.
func (p *Poster) tellReached(state *sinkState, team string, until time.Time) {
	state.reached[team] = true
	p.Observer.Reached(state.sink.Name(), team, until)
}

// WriteCursors writes up to when a sink has the series of the teams that were posted since the last time, all at once:
// whoever posts calls it in the end. A cursor that a stop leaves unwritten makes the next posting compare, and post the
// last points of grids again.
func (p *Poster) WriteCursors(ctx context.Context, sink publish.Sink) error {
	state := p.stateOf(sink)
	if len(state.cursors) == 0 {
		return nil
	}
	if err := p.Store.Ledger.SetCursors(ctx, sink.Name(), state.cursors); err != nil {
		return err
	}
	clear(state.cursors)
	return nil
}

// newPush begins a posting of one team to one sink.
func (p *Poster) newPush(state *sinkState, team string, what extent) *push {
	sink := state.sink.Name()
	return &push{poster: p, state: state, sink: sink, team: team, what: what, step: p.gridInterval(state.sink),
		logged: p.Now(),
		from:   series.First,
		ledger: &sinkLedger{store: p.Store.Ledger, sink: sink, team: team}}
}

// Replace deletes all series of a team at a sink, whoever posted them, and posts the whole past anew.
// What stands there is forgotten first: where the posting breaks off, the next cycle posts everything.
func (p *Poster) Replace(ctx context.Context, sink publish.Sink, conf agile.Team) (points int, err error) {
	clearer, ok := sink.(publish.Clearer)
	if !ok {
		return 0, fmt.Errorf("sink %s: cannot drop series", sink.Name())
	}
	delete(p.stateOf(sink).served, conf.Name)
	delete(p.stateOf(sink).reached, conf.Name)
	if err := p.Store.Ledger.Forget(ctx, sink.Name(), conf.Name); err != nil {
		return 0, err
	}
	if err := clearer.Clear(ctx, p.Labels(conf)); err != nil {
		return 0, err
	}
	x, err := p.postMissing(ctx, sink, conf)
	if err == nil && x != nil {
		points, err = x.done.Points, x.firstRefusal()
	}
	return points, errors.Join(err, p.WriteCursors(ctx, sink))
}

// Labels are how the label of a team may stand at a sink, as the older bot wrote it too. What is the
// name of another team is that team's.
func (p *Poster) Labels(conf agile.Team) []string {
	return slices.DeleteFunc(publish.Spellings(conf.Name), func(label string) bool {
		return label != conf.Name && slices.ContainsFunc(p.Teams, func(t agile.Team) bool { return t.Name == label })
	})
}

// TellBounds tells the observer the bounds of a sink that were found before this start.
func (p *Poster) TellBounds(ctx context.Context, sink publish.Sink) {
	// a trouble with the store is told by what follows
	if bounds, err := p.Store.Ledger.Bounds(ctx, sink.Name()); err == nil {
		p.Observer.Bounded(sink.Name(), bounds.Past, bounds.Future)
	}
}

// Limited tells whether a sink's quota is among troubles, of which it did not say that it lasts longer.
func Limited(err error) bool {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return slices.ContainsFunc(joined.Unwrap(), Limited)
	}
	return problem.Is(err, publish.Limited) && !errors.Is(err, publish.ErrLater)
}
