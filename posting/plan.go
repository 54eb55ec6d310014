package posting

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"jerem/series"
	"jerem/store/ledger"
)

// task is a series of which the sink lacks something, or of which the ledger is to change.
type task struct {
	key   string
	now   *computedSeries // as it is to stand; without pieces where it is to vanish
	entry *ledger.SinkSeries
	was   *series.Extent // what was taken before; nil for nothing
	tried *series.Extent // what was tried since; nil for nothing
	from  int64          // the first tick at which anything may differ
	need  *series.Needed
	count int  // points to be posted
	light bool // its grid alone went on by a few points: the cursor says so, and the ledger need not
	noted bool // its pieces were written to the ledger by this posting

	contradicted bool // another value stands at some moment, and the sink does not overwrite
}

// planTasks lists what is to be done, the series of the fewest points first.
func planTasks(ctx context.Context, p *push) ([]*task, error) {
	keys := slices.Collect(maps.Keys(p.now))
	if p.what != span && !p.livingOnly {
		for key := range p.ledger.entries {
			if p.now[key] == nil {
				keys = append(keys, key)
			}
		}
	}
	var out []*task
	for set := range slices.Chunk(keys, comparedAtOnce) {
		compared, err := compareSet(ctx, p, set)
		if err != nil {
			return nil, err
		}
		out = append(out, compared...)
	}
	orderTasks(p, out)
	return out, nil
}

// comparedAtOnce is how many series are compared with the ledger by one question to it.
const comparedAtOnce = 500

// compareSet compares series with what stands at the sink, and returns those of which something is to be done.
func compareSet(ctx context.Context, p *push, keys []string) (out []*task, err error) {
	set := make([]*task, len(keys))
	var claims []seriesClaim
	for n, key := range keys {
		set[n] = newTask(p, key)
		claims = append(claims, set[n].comparedClaims(p.what)...)
	}
	if err := p.ledger.readNoted(ctx, claims); err != nil {
		return nil, err
	}
	for _, t := range set {
		toDo, err := compareSeries(p, t)
		if err != nil {
			return nil, err
		}
		if toDo {
			out = append(out, t)
		}
	}
	p.ledger.noted = nil
	return out, nil
}

// orderTasks puts the series of the fewest points first, and sums the points up.
func orderTasks(p *push, tasks []*task) {
	p.total = 0
	for _, t := range tasks {
		p.total += t.count
	}
	slices.SortFunc(tasks, func(a, b *task) int {
		return cmp.Or(cmp.Compare(a.count, b.count), strings.Compare(a.key, b.key))
	})
}

// newTask begins a task of a series: what is to stand, and what the ledger says.
func newTask(p *push, key string) *task {
	t := &task{key: key, now: p.now[key], entry: p.ledger.entries[key], from: series.First}
	if t.now == nil {
		t.now = &computedSeries{Extent: &series.Extent{Step: p.step, Until: p.until}}
	}
	if t.entry == nil {
		t.entry = &ledger.SinkSeries{Key: key, Through: series.First}
	}
	return t
}

// comparedClaims lists the claims whose pieces a series is compared with.
func (t *task) comparedClaims(what extent) []seriesClaim {
	tried := seriesClaim{t.key, t.entry.Tried}
	switch {
	case what == span:
		return []seriesClaim{tried}
	case what == missing && t.hasGridGrowth():
		return nil
	}
	return []seriesClaim{{t.key, t.entry.Taken}, tried}
}

// compareSeries compares a series with what stands at the sink, and tells whether anything is to be done.
func compareSeries(p *push, t *task) (toDo bool, err error) {
	switch {
	case p.what == span:
		if t.tried, err = p.ledger.parseClaimed(t.key, t.entry.Tried); err != nil {
			return false, err
		}
	case p.what == missing && t.hasGridGrowth():
		t.from = series.Tick(t.entry.Taken.Until) + 1
		if t.now.Pieces[0].Kind == series.Events {
			return false, nil // they are posted whole
		}
	default:
		if err := recallStanding(p, t); err != nil {
			return false, err
		}
		t.contradicted = !p.state.can.Overwrites && isContradicted(p, t)
	}
	t.need, t.count = neededPoints(p, t), neededPoints(p, t).Count()
	if t.count == 0 && !t.contradicted && (p.what == span || t.hasVanished() || t.hasGridGrowth()) {
		return false, nil
	}
	t.light = p.what == missing && t.hasGridGrowth() && t.count <= mostLight
	return true, nil
}

// mostLight is how many points of the grid of one series are posted on the cursor's word alone: after a breach they are
// posted again.
const mostLight = 3

// hasGridGrowth tells whether a series differs from what was taken by its grid alone, which goes on.
func (t *task) hasGridGrowth() bool {
	was := t.entry.Taken
	return t.entry.Tried.Digest == "" && was.Digest != "" && was.Digest == t.now.digest && was.Step == t.now.Step
}

// hasVanished tells whether nothing of a series stands, nor is to stand.
func (t *task) hasVanished() bool {
	return t.entry.Taken.Digest+t.entry.Tried.Digest+t.now.digest == ""
}

// recallStanding recalls what stands at the sink of a series, and finds from where on it may differ.
func recallStanding(p *push, t *task) (err error) {
	if t.was, err = p.ledger.parseClaimed(t.key, t.entry.Taken); err != nil {
		return err
	}
	if t.tried, err = p.ledger.parseClaimed(t.key, t.entry.Tried); err != nil || t.was == nil {
		return err
	}
	if t.tried == nil && p.ledger.fresh && t.was.Until.Before(p.until) { // see light
		t.tried = &series.Extent{Pieces: t.was.Pieces, Step: t.was.Step, Until: p.until}
	}
	t.from = series.Differ(t.was, t.now.Extent)
	if t.tried != nil {
		t.from = min(t.from, series.Differ(t.was, t.tried))
	}
	return nil
}

// neededPoints begins to find the points that the sink lacks.
func neededPoints(p *push, t *task) *series.Needed {
	switch p.what {
	case span:
		return series.Need(t.now.Extent, nil, nil, series.First, p.from)
	case everything:
		return series.Need(t.now.Extent, nil, nil, series.First, series.First)
	}
	return series.Need(t.now.Extent, t.was, t.tried, t.entry.Through, t.from)
}

// withoutPoints is the series without points.
func (t *task) withoutPoints() series.Series {
	if len(t.now.Pieces) == 0 {
		return series.Series{}
	}
	return series.Series{Class: t.now.Pieces[0].Class, Labels: t.now.Pieces[0].Labels}
}
