package measure

import (
	"slices"
	"time"
)

// track is a figure over time: an exact step function that lives in [first point, end), and points
// that correct it afterwards.
type track struct {
	class  string
	points []sample
	end    time.Time // zero while it lives on
	whole  bool      // a count of issues or seconds, not an estimate
}

// sample is a value from a moment on.
type sample struct {
	at    time.Time
	value float64
}

// set appends a value at a moment, in order of time; one that does not change is left out, a second
// one at the same moment takes the place of the first.
func (tr *track) set(at time.Time, value float64) {
	n := len(tr.points)
	if n > 0 && tr.points[n-1].at.Equal(at) {
		tr.points = tr.points[:n-1]
		n--
	}
	if n > 0 && tr.points[n-1].value == value {
		return
	}
	tr.points = append(tr.points, sample{at, value})
}

// force appends a value at a moment whether or not it changes.
func (tr *track) force(at time.Time, value float64) {
	n := len(tr.points)
	if n > 0 && tr.points[n-1].at.Equal(at) {
		tr.points[n-1].value = value
		return
	}
	tr.points = append(tr.points, sample{at, value})
}

// value returns what holds at a moment, 0 before the first point.
func (tr *track) value(at time.Time) float64 {
	i, found := slices.BinarySearchFunc(tr.points, at, func(s sample, at time.Time) int { return s.at.Compare(at) })
	if found {
		return tr.points[i].value
	}
	if i == 0 {
		return 0
	}
	return tr.points[i-1].value
}

// cut returns the part of a track in [from, to); to is zero for the part that lives on. closing
// adds the point at to itself.
func (tr *track) cut(from, to time.Time, closing bool) track {
	part := track{class: tr.class, end: to, whole: tr.whole}
	part.force(from, tr.value(from))
	for _, p := range tr.points {
		if p.at.After(from) && (to.IsZero() || p.at.Before(to)) {
			part.points = append(part.points, p)
		}
	}
	if closing {
		part.force(to, tr.value(to))
	}
	return part
}

// standingWork is an amount of work by where it stands; the rest of the total is to do.
type standingWork struct{ total, done, doing float64 }

func (w standingWork) minus(o standingWork) standingWork {
	return standingWork{w.total - o.total, w.done - o.done, w.doing - o.doing}
}

// standing is what an issue counts for, by where it stands.
func (b beat) standing() standingWork {
	w := standingWork{total: b.points()}
	switch b.state {
	case Done:
		w.done = w.total
	case Doing:
		w.doing = w.total
	}
	return w
}

// step is a change of sums at a moment.
type step struct {
	at time.Time
	by standingWork
}

// sumUp puts steps in order of time and tells the sums after each.
func sumUp(steps []step, tell func(time.Time, standingWork)) {
	slices.SortStableFunc(steps, func(a, b step) int { return a.at.Compare(b.at) })
	var sum standingWork
	for _, s := range steps {
		sum.total, sum.done, sum.doing = sum.total+s.by.total, sum.done+s.by.done, sum.doing+s.by.doing
		tell(s.at, sum)
	}
}
