package series

// Stretch is a part of time, both ends included, in ticks.
type Stretch struct{ First, Last int64 }

// Range is a stretch of a series, known by its key.
type Range struct {
	Key string
	Stretch
}

// Gone returns the stretches from a tick on in which an extent held points that another does not hold: what
// must vanish where the former was posted. Between the ends of a stretch the latter has no point. Where there
// would be more than a number of them, one stretch over all of them is returned.
func Gone(old, now *Extent, from int64, most int) []Stretch {
	was, is := old.Walk(from), now.Walk(from)
	var out []Stretch
	open := false // whether the last stretch may still grow
	for p, ok := was.Next(); ok; p, ok = was.Next() {
		next, any := is.Peek()
		for any && next.Tick < p.Tick {
			is.Skip(next.Tick)
			open = false
			next, any = is.Peek()
		}
		switch {
		case any && next.Tick == p.Tick:
			open = false
		case open || len(out) > most:
			out[len(out)-1].Last = p.Tick
		default:
			out, open = append(out, Stretch{p.Tick, p.Tick}), true
		}
	}
	if len(out) > most {
		return []Stretch{{out[0].First, out[len(out)-1].Last}}
	}
	return out
}

// Around returns the parts of a stretch in which an extent has no point; false where they would be more
// than a number.
func Around(s Stretch, now *Extent, most int) (parts []Stretch, few bool) {
	w, begin := now.Walk(s.First), s.First
	for p, ok := w.Next(); ok && p.Tick <= s.Last; p, ok = w.Next() {
		if p.Tick > begin {
			parts = append(parts, Stretch{begin, p.Tick - 1})
		}
		begin = p.Tick + 1
		if len(parts) > most {
			return nil, false
		}
	}
	if begin <= s.Last {
		parts = append(parts, Stretch{begin, s.Last})
	}
	return parts, true
}

// Needed finds the points of an extent that are not known to stand where earlier ones were posted.
type Needed struct {
	now, was, tried *Walker // was and tried may be nil: nothing is known to stand then
	through         int64   // up to here all of the points tried were taken
}

// Need begins at a tick. was was taken whole; of tried, which came after it, all points up to through were
// taken, and any other may have been.
func Need(now, was, tried *Extent, through, from int64) *Needed {
	n := &Needed{now: now.Walk(from), through: through}
	if was != nil {
		n.was = was.Walk(from)
	}
	if tried != nil {
		n.tried = tried.Walk(from)
	}
	return n
}

// Next returns the next point that is to be posted.
func (n *Needed) Next() (Point, bool) {
	for {
		p, ok := n.now.Next()
		if !ok || !n.isStanding(p) {
			return p, ok
		}
	}
}

// isStanding tells whether a point is known to stand.
func (n *Needed) isStanding(p Point) bool {
	old, had := n.was.valueAt(p.Tick)
	if n.tried == nil {
		return had && old == p.Value
	}
	later, overwritten := n.tried.valueAt(p.Tick)
	switch {
	case overwritten && later != p.Value:
		return false
	case overwritten && p.Tick <= n.through:
		return true
	}
	return had && old == p.Value
}

// valueAt goes forward to a tick and returns the value there.
func (w *Walker) valueAt(tick int64) (Value, bool) {
	if w == nil {
		return Value{}, false
	}
	w.Skip(tick - 1)
	p, ok := w.Peek()
	return p.Value, ok && p.Tick == tick
}
