package series

import "time"

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
func (e *Extent) Digest() string { return Tally{}.GoOn(nil, e.Pieces).Digest() }

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

// GoesOn tells whether an extent may hold points after a tick, once it reaches further.
func (e *Extent) GoesOn(tick int64) bool {
	for i := range e.Pieces {
		s := &e.Pieces[i]
		if n := len(s.Points); n > 0 && s.Points[n-1].Tick > tick {
			return true
		}
		if s.holdsAt(tick) && e.Step > 0 && (s.GridEnd.IsZero() || Tick(s.GridEnd) > tick) {
			return true
		}
	}
	return false
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
	n := firstUnlike(a.Points, b.Points)
	if n < len(a.Points) {
		at = min(at, a.Points[n].Tick)
	}
	if n < len(b.Points) {
		at = min(at, b.Points[n].Tick)
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
