package series

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"time"
)

// Extent is what is posted of one series: its pieces, and how far. Besides the points of its pieces it holds
// one at each whole multiple of Step since 1970 UTC at which a step piece lives, from the piece's first point
// to Until or the end of its grid. They stand on the grid, never at the moment of a push, so that a value
// corrected later overwrites them. Of two points at one tick the later piece's counts.
type Extent struct {
	Pieces []Series // of one class and the same labels, in the order of their beginnings
	Step   time.Duration
	Until  time.Time // points of step pieces after it are not part; events keep all they have
}

// Digest tells pieces apart by content; the class and the labels are left out.
func (e *Extent) Digest() string {
	hash := sha256.New()
	var b []byte
	for i := range e.Pieces {
		s := &e.Pieces[i]
		b = append(b[:0], 'p', byte(s.Kind))
		b = binary.BigEndian.AppendUint64(b, uint64(tickOrZero(s.End)))
		b = binary.BigEndian.AppendUint64(b, uint64(tickOrZero(s.GridEnd)))
		for _, p := range s.Points {
			b = binary.BigEndian.AppendUint64(append(b, 't'), uint64(p.Tick))
			b = append(append(b, p.Value.GTS()...), 0)
		}
		hash.Write(b)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// tickOrZero returns the tick of a moment, 0 for none. The moment of tick 0 itself, the beginning of 1970, is First, so
// that it is not taken for none.
func tickOrZero(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case Tick(t) == 0:
		return First
	}
	return Tick(t)
}

// Walker walks through the points of an extent in ascending order, one at a time: the points of a grid over
// years are never all in memory.
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

// Peek returns the next point without taking it; false at the end.
func (w *Walker) Peek() (Point, bool) {
	var best Point
	found := false
	for i := range w.pieces {
		if found && w.sorted && w.pieces[i].s.Points[0].Tick > best.Tick {
			break // and so does every later piece
		}
		if p, ok := w.pieces[i].peekPoint(); ok && (!found || p.Tick <= best.Tick) {
			best, found = p, true
		}
	}
	return best, found
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
		for p, ok := w.pieces[i].peekPoint(); ok && p.Tick <= tick; p, ok = w.pieces[i].peekPoint() {
			w.pieces[i].takeTick(p.Tick)
		}
	}
	for len(w.pieces) > 0 && w.pieces[0].isOver() {
		w.pieces = w.pieces[1:]
	}
}

// pieceWalker walks through the points of one piece.
type pieceWalker struct {
	s        *Series
	until    int64
	width    int64
	next     int   // of the piece's own points
	grid     int64 // the next tick of the grid
	gridOver bool
}

func (p *pieceWalker) startAt(from int64) {
	p.next, _ = slices.BinarySearchFunc(p.s.Points, from, func(x Point, t int64) int { return compareTicks(x.Tick, t) })
	if p.s.Kind != Step || p.width <= 0 {
		p.gridOver = true
		return
	}
	p.grid = firstMultipleFrom(max(from, p.s.Points[0].Tick), p.width)
	p.updateGridEnd()
}

// updateGridEnd ends the grid where the piece or its grid ends.
func (p *pieceWalker) updateGridEnd() {
	over := !p.s.GridEnd.IsZero() && p.grid >= Tick(p.s.GridEnd)
	p.gridOver = over || p.grid > p.until || !p.s.holdsAt(p.grid)
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
	return !ok && p.gridOver
}

func (p *pieceWalker) peekPoint() (Point, bool) {
	own, ok := p.nextOwnPoint()
	if p.gridOver || ok && own.Tick <= p.grid {
		return own, ok
	}
	return Point{p.grid, p.s.Points[p.next-1].Value}, true // a grid begins at the first point, so there is one before
}

func (p *pieceWalker) takeTick(tick int64) {
	if own, ok := p.nextOwnPoint(); ok && own.Tick == tick {
		p.next++
	}
	if !p.gridOver && p.grid == tick {
		p.grid += p.width
		p.updateGridEnd()
	}
}

func compareTicks(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Points returns the points of an extent from a tick on.
func (e *Extent) Points(from int64) []Point {
	var out []Point
	w := e.Walk(from)
	for p, ok := w.Next(); ok; p, ok = w.Next() {
		out = append(out, p)
	}
	return out
}

// Differ returns the first tick at which the points of two extents may differ, both beyond the earlier of
// their ends included.
func Differ(a, b *Extent) int64 {
	if a.Step != b.Step {
		return First
	}
	at := min(Tick(a.Until), Tick(b.Until)) + 1
	if len(a.Pieces) != len(b.Pieces) {
		at = min(at, firstTickFrom(a, len(b.Pieces)), firstTickFrom(b, len(a.Pieces)))
	}
	for i := range min(len(a.Pieces), len(b.Pieces)) {
		at = min(at, firstDifference(&a.Pieces[i], &b.Pieces[i]))
	}
	return at
}

// First is before the tick of any point.
const First int64 = -1 << 62

// Last is after the tick of any point.
const Last int64 = 1 << 62

// firstTickFrom returns the first tick of the pieces from the nth on.
func firstTickFrom(e *Extent, n int) int64 {
	at := Last
	for i := n; i < len(e.Pieces); i++ {
		if len(e.Pieces[i].Points) > 0 {
			at = min(at, e.Pieces[i].Points[0].Tick)
		}
	}
	return at
}

// firstDifference returns the first tick at which two pieces differ.
func firstDifference(a, b *Series) int64 {
	if a.Kind != b.Kind {
		return First
	}
	at := min(differEnds(a.End, b.End), differEnds(a.GridEnd, b.GridEnd))
	for i := range max(len(a.Points), len(b.Points)) {
		switch {
		case i >= len(a.Points):
			return min(at, b.Points[i].Tick)
		case i >= len(b.Points):
			return min(at, a.Points[i].Tick)
		case a.Points[i] != b.Points[i]:
			return min(at, a.Points[i].Tick, b.Points[i].Tick)
		}
	}
	return at
}

func differEnds(a, b time.Time) int64 {
	switch {
	case tickOrZero(a) == tickOrZero(b):
		return Last
	case a.IsZero():
		return Tick(b)
	case b.IsZero():
		return Tick(a)
	}
	return min(Tick(a), Tick(b))
}
