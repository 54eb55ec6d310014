package agile

import (
	"sort"
	"time"
)

// Step says that a value holds from a moment on.
type Step[T any] struct {
	From Moment
	// Order is the place of the change among all changes of its issue, counted in the order of
	// the histories and their items. It decides between changes of one moment; 0 is the creation.
	Order int
	Value T
}

// Timeline is the past of one field: steps in ascending order of (From, Order). The first step
// stands at the creation of the issue, each value holds until the next step, the last one to this day.
// The zero Timeline is that of a field never seen.
type Timeline[T any] []Step[T]

// Constant is the timeline of a value that never changed since a moment.
func Constant[T any](from time.Time, value T) Timeline[T] {
	return Timeline[T]{{From: MomentOf(from), Value: value}}
}

// stepAt returns the place of the last step at or before t, -1 if there is none. The last step of all is looked at
// first: most questions are about the present.
func (tl Timeline[T]) stepAt(t time.Time) int {
	last := len(tl) - 1
	if last < 0 || !tl[last].From.After(t) {
		return last
	}
	return sort.Search(last, func(i int) bool { return tl[i].From.After(t) }) - 1
}

// At returns the value at t, every change made at t itself included. It is the zero value before
// the first step.
func (tl Timeline[T]) At(t time.Time) T {
	var none T
	if i := tl.stepAt(t); i >= 0 {
		return tl[i].Value
	}
	return none
}

// HeldAt returns where the timeline holds the value at t, nil before the first step. Nobody changes it.
func (tl Timeline[T]) HeldAt(t time.Time) *T {
	if i := tl.stepAt(t); i >= 0 {
		return &tl[i].Value
	}
	return nil
}

// AtOrder returns the value at t when of the changes made at t itself only those up to order are
// taken.
func (tl Timeline[T]) AtOrder(t time.Time, order int) T {
	if held := tl.HeldAtOrder(t, order); held != nil {
		return *held
	}
	var none T
	return none
}

// HeldAtOrder is [Timeline.HeldAt] when of the changes made at t itself only those up to order are taken.
func (tl Timeline[T]) HeldAtOrder(t time.Time, order int) *T {
	i := sort.Search(len(tl), func(i int) bool {
		return tl[i].From.After(t) || tl[i].From.Equal(t) && tl[i].Order > order
	}) - 1
	if i >= 0 {
		return &tl[i].Value
	}
	return nil
}

// Before returns the value just before t, no change made at t included.
func (tl Timeline[T]) Before(t time.Time) T {
	var none T
	i := sort.Search(len(tl), func(i int) bool { return !tl[i].From.Before(t) }) - 1
	if i >= 0 {
		return tl[i].Value
	}
	return none
}

// Began tells whether the timeline has begun at t.
func (tl Timeline[T]) Began(t time.Time) bool { return tl.stepAt(t) >= 0 }

// Last returns the value that holds to this day, the zero value of an empty timeline.
func (tl Timeline[T]) Last() T {
	var none T
	if len(tl) == 0 {
		return none
	}
	return tl[len(tl)-1].Value
}

// Held returns for how long in [from, to) the value satisfied match.
func (tl Timeline[T]) Held(from, to time.Time, match func(T) bool) time.Duration {
	var held time.Duration
	for i, s := range tl {
		if !match(s.Value) {
			continue
		}
		a, b := s.From.Time(), to
		if i+1 < len(tl) && tl[i+1].From.Before(to) {
			b = tl[i+1].From.Time()
		}
		if a.Before(from) {
			a = from
		}
		if b.After(a) {
			held += b.Sub(a)
		}
	}
	return held
}
