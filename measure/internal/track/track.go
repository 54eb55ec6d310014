package track

import (
	"slices"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// Track is a figure over time: an exact step function from its first point up to its end, and points
// that correct it afterwards.
type Track struct {
	Class  string
	Points []Point
	End    time.Time // zero while it goes on
	Whole  bool      // a count of issues or seconds, not an estimate
}

// Point is a value from a moment on.
type Point struct {
	At    time.Time
	Value float64
}

// Set appends a value at a moment, in order of time; one that does not change is left out, a second
// one at the same moment takes the place of the first.
func (tr *Track) Set(at time.Time, value float64) {
	n := len(tr.Points)
	if n > 0 && tr.Points[n-1].At.Equal(at) {
		tr.Points = tr.Points[:n-1]
		n--
	}
	if n > 0 && tr.Points[n-1].Value == value {
		return
	}
	tr.Points = append(tr.Points, Point{at, value})
}

// Force appends a value at a moment whether or not it changes.
func (tr *Track) Force(at time.Time, value float64) {
	n := len(tr.Points)
	if n > 0 && tr.Points[n-1].At.Equal(at) {
		tr.Points[n-1].Value = value
		return
	}
	tr.Points = append(tr.Points, Point{at, value})
}

// Value returns what holds at a moment, 0 before the first point.
func (tr *Track) Value(at time.Time) float64 {
	i, found := slices.BinarySearchFunc(tr.Points, at, func(s Point, at time.Time) int { return s.At.Compare(at) })
	if found {
		return tr.Points[i].Value
	}
	if i == 0 {
		return 0
	}
	return tr.Points[i-1].Value
}

// Cut returns the part of a track in [from, to); to is zero for the part that goes on. closing
// adds the point at to itself.
func (tr *Track) Cut(from, to time.Time, closing bool) Track {
	compare := func(p Point, at time.Time) int { return p.At.Compare(at) }
	first, isAtFrom := slices.BinarySearchFunc(tr.Points, from, compare)
	if isAtFrom {
		first++
	}
	last := len(tr.Points)
	if !to.IsZero() {
		last, _ = slices.BinarySearchFunc(tr.Points, to, compare)
	}
	between := tr.Points[first:max(first, last)]
	const ends = 2
	part := Track{Class: tr.Class, End: to, Whole: tr.Whole, Points: make([]Point, 0, len(between)+ends)}
	part.Force(from, tr.Value(from))
	part.Points = append(part.Points, between...)
	if closing {
		part.Force(to, tr.Value(to))
	}
	return part
}

// Work is an amount of work by where it stands; the rest of the total is to do.
type Work struct{ Total, Done, Doing float64 }

// Minus returns the work without other work.
func (w Work) Minus(o Work) Work {
	return Work{w.Total - o.Total, w.Done - o.Done, w.Doing - o.Doing}
}

// Plus returns the work with other work.
func (w Work) Plus(o Work) Work { return Work{w.Total + o.Total, w.Done + o.Done, w.Doing + o.Doing} }

// WorkOf is what an issue counts for, by where it stands.
func WorkOf(b index.Snapshot) Work {
	w := Work{Total: b.Points()}
	switch b.State() {
	case workstate.Done:
		w.Done = w.Total
	case workstate.Doing:
		w.Doing = w.Total
	}
	return w
}

// Change is a change of sums at a moment.
type Change struct {
	At time.Time
	By Work
}

// SumUp puts steps in order of time and tells the sums after each.
func SumUp(steps []Change, tell func(time.Time, Work)) {
	sorting.By(steps, func(a, b Change) int { return a.At.Compare(b.At) })
	var sum Work
	for _, s := range steps {
		sum = sum.Plus(s.By)
		tell(s.At, sum)
	}
}
