package bot

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/publish"
	"jerem/series"
	"jerem/store"
)

// posting brings the series of one team at one sink up to date. What stands there is told by the sink ledger,
// series by series: only what differs is posted.
type posting struct {
	*Bot
	*outlet
	team   string
	until  time.Time   // Jira's clock at the reading that is posted
	gaps   []agile.Gap // what that reading lacks: what may be hidden by it is not deleted
	anew   bool        // everything is posted, whatever is known to stand there
	ranged bool        // only the points from from on are, and until is no reading's moment
	from   int64

	now   map[string]*series.Extent // by key
	known map[string]*store.SinkSeries
	total int // points to be posted
	sent  int // of these, as it goes
	lines int // series of which points were posted
	done  publish.Outcome
}

// task is a series of which the sink lacks something, or of which the ledger is to change.
type task struct {
	key   string
	e     *series.Extent // as it is to stand
	claim store.Claim
	entry *store.SinkSeries
	was   *series.Extent // what was taken before; nil for nothing
	tried *series.Extent // what was tried since; nil for nothing
	from  int64          // the first tick at which anything may differ
	need  *series.Needed
	count int           // points to be posted
	chunk series.Series // those of the present request
	over  bool          // the chunk is the last one
}

// run does all of it: what is owed is deleted, what is lacking posted, what vanished noted as owed.
func (p *posting) run(ctx context.Context, pieces []series.Series) error {
	if err := p.convert(ctx); err != nil {
		return err
	}
	var err error
	if p.known, err = p.Store.SinkSeries(ctx, p.sink.Name(), p.team); err != nil {
		return err
	}
	p.now = extents(p.ahead(pieces), p.interval(), p.until)
	var owed error
	if !p.ranged {
		if owed = p.deleteOwed(ctx); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	tasks, err := p.plan(ctx)
	if err != nil {
		return errors.Join(owed, err)
	}
	if err := p.post(ctx, tasks); err != nil || p.ranged {
		return errors.Join(owed, err)
	}
	return errors.Join(owed, p.arrive(ctx))
}

// arrive moves the cursor.
func (p *posting) arrive(ctx context.Context) error {
	at, ok, err := p.Store.Cursor(ctx, p.sink.Name(), p.team)
	if err != nil || ok && at.Equal(p.until) {
		return err
	}
	return p.Store.SetCursor(ctx, p.sink.Name(), p.team, p.until)
}

// ahead leaves out the events that lie further ahead than the sink takes: they are posted once it does.
func (p *posting) ahead(pieces []series.Series) []series.Series {
	limit := p.delivery.Ahead()
	if limit == series.Last {
		return pieces
	}
	out := slices.Clone(pieces)
	for i := range out {
		points := out[i].Points
		n, _ := slices.BinarySearchFunc(points, limit, func(x series.Point, t int64) int { return cmp.Compare(x.Tick, t) })
		out[i].Points = points[:n]
	}
	return out
}

// plan lists what is to be done, the series of the fewest points first.
func (p *posting) plan(ctx context.Context) ([]*task, error) {
	keys := slices.Collect(maps.Keys(p.now))
	for key := range p.known {
		if p.now[key] == nil && !p.ranged {
			keys = append(keys, key)
		}
	}
	var out []*task
	for _, key := range keys {
		t, err := p.task(ctx, key)
		if err != nil {
			return nil, err
		}
		if t != nil {
			out = append(out, t)
			p.total += t.count
		}
	}
	slices.SortFunc(out, func(a, b *task) int { return cmp.Or(cmp.Compare(a.count, b.count), strings.Compare(a.key, b.key)) })
	return out, nil
}

// task compares a series with what stands at the sink; nil where there is nothing to do.
func (p *posting) task(ctx context.Context, key string) (t *task, err error) {
	t = &task{key: key, e: p.now[key], entry: p.known[key], from: series.First}
	if t.e == nil {
		t.e = &series.Extent{Step: p.interval(), Until: p.until}
	}
	if t.entry == nil {
		t.entry = &store.SinkSeries{Key: key, Through: series.First}
	}
	t.claim = claim(t.e)
	switch {
	case p.ranged:
		if t.tried, err = p.claimed(ctx, key, t.entry.Tried); err != nil {
			return nil, err
		}
	case !p.anew && t.grown():
		t.from = series.Tick(t.entry.Taken.Until) + 1
		if p.now[key].Pieces[0].Kind == series.Events {
			return nil, nil // they are posted whole
		}
	default:
		if err := p.recall(ctx, t); err != nil {
			return nil, err
		}
	}
	t.need = p.needed(t)
	for counted := p.needed(t); ; t.count++ {
		if _, ok := counted.Next(); !ok {
			break
		}
	}
	if t.count == 0 && (p.ranged || t.settled() || t.grown()) {
		return nil, nil
	}
	return t, nil
}

// grown tells whether a series differs from what was taken by its grid alone, which goes on.
func (t *task) grown() bool {
	was := t.entry.Taken
	return t.entry.Tried.Digest == "" && was.Digest != "" && was.Digest == t.claim.Digest && was.Step == t.claim.Step
}

// settled tells whether nothing of a series stands, nor is to stand.
func (t *task) settled() bool {
	return t.entry.Taken.Digest+t.entry.Tried.Digest+t.claim.Digest == ""
}

// recall reads what stands at the sink of a series, and finds from where on it may differ.
func (p *posting) recall(ctx context.Context, t *task) (err error) {
	if t.was, err = p.claimed(ctx, t.key, t.entry.Taken); err != nil {
		return err
	}
	if t.tried, err = p.claimed(ctx, t.key, t.entry.Tried); err != nil || t.was == nil {
		return err
	}
	t.from = series.Differ(t.was, t.e)
	if t.tried != nil {
		t.from = min(t.from, series.Differ(t.was, t.tried))
	}
	return nil
}

// needed begins to find the points that the sink lacks.
func (p *posting) needed(t *task) *series.Needed {
	switch {
	case p.ranged:
		return series.Need(t.e, nil, nil, series.First, p.from)
	case p.anew:
		return series.Need(t.e, nil, nil, series.First, series.First)
	}
	return series.Need(t.e, t.was, t.tried, t.entry.Through, t.from)
}

// next takes the next points of a series, so many at most.
func (t *task) next(room int) int {
	t.chunk = t.labelled()
	for len(t.chunk.Points) < room {
		point, ok := t.need.Next()
		if !ok {
			break
		}
		t.chunk.Points = append(t.chunk.Points, point)
	}
	t.count -= len(t.chunk.Points)
	t.over = t.count == 0
	return len(t.chunk.Points)
}

// labelled is the series without points.
func (t *task) labelled() series.Series {
	if len(t.e.Pieces) == 0 {
		return series.Series{}
	}
	return series.Series{Class: t.e.Pieces[0].Class, Labels: t.e.Pieces[0].Labels}
}
