package series

import (
	"cmp"
	"slices"
)

// Run is a row of points of the same value, evenly spaced: a stretch of a grid in which nothing changes.
type Run struct {
	First int64 // tick of the first point
	Width int64 // microseconds from one to the next, 0 for a single point
	Count int   // at least 1
	Value Value
}

// countBefore counts the points of a run that lie before a tick.
func (r Run) countBefore(tick int64) int {
	switch {
	case tick <= r.First:
		return 0
	case r.Count == 1:
		return 1
	}
	return min(r.Count, int((tick-r.First-1)/r.Width)+1)
}

// firstPoints returns the first points of a run, at least one.
func (r Run) firstPoints(count int) Run {
	r.Count = count
	if count == 1 {
		r.Width = 0
	}
	return r
}

// tickOf returns the tick of the nth point, from 0.
func (r Run) tickOf(n int) int64 { return r.First + int64(n)*r.Width }

// lastTick returns the tick of the last point.
func (r Run) lastTick() int64 { return r.tickOf(r.Count - 1) }

// appendPoints appends the points of a run to a list.
func (r Run) appendPoints(list []Point) []Point {
	for n := range r.Count {
		list = append(list, Point{r.tickOf(n), r.Value})
	}
	return list
}

// Walker walks through the points of an extent in ascending order, run by run: the points of a grid over years are
// never all in memory, and a stretch in which nothing changes costs no more than a single point.
type Walker struct {
	pieces []pieceWalker // those that are not over
	sorted bool          // by their first points
}

// Walk begins a walk at a tick.
func (e *Extent) Walk(from int64) *Walker {
	w := &Walker{pieces: make([]pieceWalker, 0, len(e.Pieces)), sorted: true}
	last := First
	for i := range e.Pieces {
		s := &e.Pieces[i]
		if len(s.Points) == 0 {
			continue
		}
		w.sorted = w.sorted && last <= s.Points[0].Tick
		last = s.Points[0].Tick
		p := pieceWalker{s: s, until: Tick(e.Until), width: e.Step.Microseconds()}
		p.startAt(from)
		w.pieces = append(w.pieces, p)
	}
	return w
}

// PeekRun returns the next points without taking them, as many as make one run; false at the end.
func (w *Walker) PeekRun() (Run, bool) {
	var best Run
	found, limit := false, Last // from the limit on another piece has points
	for i := range w.pieces {
		if found && w.sorted && w.pieces[i].s.Points[0].Tick > best.First {
			limit = min(limit, w.pieces[i].s.Points[0].Tick)
			break // all later pieces begin later still
		}
		run, ok := w.pieces[i].peekRun()
		switch {
		case !ok:
		case !found:
			best, found = run, true
		case run.First > best.First:
			limit = min(limit, run.First)
		default: // at one tick the later piece's counts
			limit = min(limit, max(best.First, run.First+1))
			best = run
		}
	}
	if !found {
		return Run{}, false
	}
	return best.firstPoints(best.countBefore(limit)), true
}

// Peek returns the next point without taking it; false at the end.
func (w *Walker) Peek() (Point, bool) {
	run, ok := w.PeekRun()
	return Point{run.First, run.Value}, ok
}

// Next takes the next point.
func (w *Walker) Next() (Point, bool) {
	p, ok := w.Peek()
	if ok {
		w.Skip(p.Tick)
	}
	return p, ok
}

// Skip passes over all points up to a tick, included.
func (w *Walker) Skip(tick int64) {
	for i := range w.pieces {
		if w.sorted && w.pieces[i].s.Points[0].Tick > tick {
			break
		}
		w.pieces[i].skipTo(tick)
	}
	for len(w.pieces) > 0 && w.pieces[0].isOver() {
		w.pieces = w.pieces[1:]
	}
}

// pieceWalker walks through the points of one piece.
type pieceWalker struct {
	s       *Series
	until   int64
	width   int64
	next    int   // of the piece's own points
	grid    int64 // the next tick of the grid
	gridEnd int64 // from here on the grid has no point
}

func (p *pieceWalker) startAt(from int64) {
	p.next, _ = slices.BinarySearchFunc(p.s.Points, from, func(x Point, t int64) int { return cmp.Compare(x.Tick, t) })
	p.grid, p.gridEnd = Last, First
	if p.s.Kind != Step || p.width <= 0 {
		return
	}
	p.grid = firstMultipleFrom(max(from, p.s.Points[0].Tick), p.width)
	p.gridEnd = p.until + 1
	if !p.s.End.IsZero() {
		p.gridEnd = min(p.gridEnd, Tick(p.s.End))
	}
	if !p.s.GridEnd.IsZero() {
		p.gridEnd = min(p.gridEnd, Tick(p.s.GridEnd))
	}
}

// nextOwnPoint returns the next of the piece's own points.
func (p *pieceWalker) nextOwnPoint() (Point, bool) {
	if p.next >= len(p.s.Points) {
		return Point{}, false
	}
	point := p.s.Points[p.next]
	return point, p.s.Kind == Events || point.Tick <= p.until
}

func (p *pieceWalker) isOver() bool {
	_, ok := p.nextOwnPoint()
	return !ok && p.grid >= p.gridEnd
}

// peekRun returns the piece's next own point or, up to it, the points of its grid.
func (p *pieceWalker) peekRun() (Run, bool) {
	own, ok := p.nextOwnPoint()
	if p.grid >= p.gridEnd || ok && own.Tick <= p.grid {
		return Run{First: own.Tick, Count: 1, Value: own.Value}, ok
	}
	stop := p.gridEnd
	if ok {
		stop = min(stop, own.Tick)
	}
	// a grid begins at the first point, so there is one before
	run := Run{First: p.grid, Width: p.width, Value: p.s.Points[p.next-1].Value}
	return run.firstPoints(int((stop-p.grid-1)/p.width) + 1), true
}

// skipTo passes over the points up to a tick, included.
func (p *pieceWalker) skipTo(tick int64) {
	for own, ok := p.nextOwnPoint(); ok && own.Tick <= tick; own, ok = p.nextOwnPoint() {
		p.next++
	}
	if p.grid <= tick && p.grid < p.gridEnd {
		p.grid += ((tick-p.grid)/p.width + 1) * p.width
	}
}

// Points returns the points of an extent from a tick on.
func (e *Extent) Points(from int64) (out []Point) {
	w := e.Walk(from)
	for run, ok := w.PeekRun(); ok; run, ok = w.PeekRun() {
		out = run.appendPoints(out)
		w.Skip(run.lastTick())
	}
	return out
}
