package series

import "math"

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
	for run, ok := was.PeekRun(); ok; run, ok = was.PeekRun() {
		next, any := is.PeekRun()
		if any && next.First < run.First {
			is.Skip(run.First - 1)
			open = false
			next, any = is.PeekRun()
		}
		count, same := countAlike(run, next, any)
		run = run.firstPoints(count)
		switch {
		case same:
			open = false
		case open || len(out) > most:
			out[len(out)-1].Last = run.lastTick()
		default:
			out, open = append(out, Stretch{run.First, run.lastTick()}), true
		}
		was.Skip(run.lastTick())
	}
	if len(out) > most {
		return []Stretch{{out[0].First, out[len(out)-1].Last}}
	}
	return out
}

// Contradict tells whether two extents hold different values at some moment from a tick on.
func Contradict(a, b *Extent, from int64) bool {
	one, other := a.Walk(from), b.Walk(from)
	for run, ok := one.PeekRun(); ok; run, ok = one.PeekRun() {
		value, both := other.runAt(&run)
		if both && value != run.Value {
			return true
		}
		one.Skip(run.lastTick())
	}
	return false
}

// countAlike tells of how many points at the beginning of a run the same is true: that the other one, which does not
// begin earlier, has points at their ticks, or that it has none there.
func countAlike(run, other Run, any bool) (count int, both bool) {
	switch {
	case !any:
		return run.Count, false
	case other.First > run.First:
		return run.countBefore(other.First), false
	case run.Width != other.Width:
		return 1, true
	}
	return min(run.Count, other.Count), true
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
	keepOld         bool    // a point stands where any other one stands
}

// KeepOld leaves out the points at whose moments others were taken: a sink that neither overwrites nor deletes.
func (n *Needed) KeepOld() *Needed {
	n.keepOld = true
	return n
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

// NextRun takes the next points that are to be posted, as many as make one run and no more than a number.
func (n *Needed) NextRun(most int) (Run, bool) {
	for {
		run, ok := n.now.PeekRun()
		if !ok {
			return Run{}, false
		}
		run = run.firstPoints(min(run.Count, most))
		run, standing := n.judgeRun(run)
		n.now.Skip(run.lastTick())
		if !standing {
			return run, true
		}
	}
}

// Count takes all points that are to be posted and tells how many they were.
func (n *Needed) Count() (count int) {
	for run, ok := n.NextRun(math.MaxInt); ok; run, ok = n.NextRun(math.MaxInt) {
		count += run.Count
	}
	return count
}

// AppendNext appends the next points that are to be posted to a list, no more than a number.
func (n *Needed) AppendNext(list []Point, most int) []Point {
	for end := len(list) + most; len(list) < end; {
		run, ok := n.NextRun(end - len(list))
		if !ok {
			break
		}
		list = run.appendPoints(list)
	}
	return list
}

// judgeRun tells whether points are known to stand, for as many at the beginning of a run as the same is true of.
func (n *Needed) judgeRun(run Run) (head Run, standing bool) {
	old, had := n.was.runAt(&run)
	if n.keepOld && had {
		return run, true
	}
	if n.tried == nil {
		return run, had && old == run.Value
	}
	later, overwritten := n.tried.runAt(&run)
	if run.First <= n.through {
		run = run.firstPoints(run.countBefore(n.through + 1))
	}
	switch {
	case overwritten && later != run.Value:
		return run, false
	case overwritten && run.First <= n.through:
		return run, true
	}
	return run, had && old == run.Value
}

// runAt goes forward to the first tick of a run and returns the value there. The run is cut to as many points as the
// same is true of.
func (w *Walker) runAt(run *Run) (Value, bool) {
	if w == nil {
		return Value{}, false
	}
	w.Skip(run.First - 1)
	next, any := w.PeekRun()
	count, both := countAlike(*run, next, any)
	*run = run.firstPoints(count)
	return next.Value, both
}
