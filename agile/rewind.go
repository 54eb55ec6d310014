package agile

import (
	"slices"
	"time"

	"jerem/sorting"
)

// Change is one entry of a change history: at a moment a field went from one value to another.
type Change[T any] struct {
	At       time.Time
	Order    int
	From, To T
}

// Rewind rebuilds the timeline of a field from its present value and its changes, in any order.
// The value at creation stands in no history: it is what the first change came from or, without
// changes, the present one.
//
// Changes of one moment that join in one order only, from the value before that moment on, are taken in
// that order; else Order decides.
//
// broken counts the joints that do not fit: a change that does not come from what the one before
// went to, or a last change that did not go to the present value. Nothing is dropped then: each
// change counts for what it went to, and the last one holds until the moment told by until, when the
// present value takes over. Changes dated before created stand at created.
func Rewind[T any](created, until time.Time, current T, changes []Change[T], equal func(a, b T) bool) (tl Timeline[T],
	broken int) {
	if len(changes) == 0 {
		return Constant(created, current), 0
	}
	tl, broken = Replay(created, changes, equal)
	end := tl[len(tl)-1]
	if equal(end.Value, current) {
		return tl, broken
	}
	if until.Before(end.From.Time()) {
		until = end.From.Time()
	}
	return append(tl, Step[T]{From: MomentOf(until), Order: end.Order + 1, Value: current}), broken + 1
}

// Replay is Rewind where the present value is not known: it is what the last change went to, and without
// changes the timeline is empty.
func Replay[T any](created time.Time, changes []Change[T], equal func(a, b T) bool) (tl Timeline[T], broken int) {
	if len(changes) == 0 {
		return nil, 0
	}
	changes = inOrder(changes, equal)
	value := changes[0].From
	tl = Timeline[T]{{From: MomentOf(created), Value: value}}
	last := created
	for _, c := range changes {
		if !equal(value, c.From) {
			broken++
		}
		value = c.To
		order := c.Order
		if c.At.After(last) {
			last = c.At
		} else {
			order = max(order, tl[len(tl)-1].Order) // moved to the creation from several moments
		}
		tl = append(tl, Step[T]{From: MomentOf(last), Order: order, Value: value})
	}
	return tl, broken
}

// inOrder sorts changes by time, then as they join, then by Order.
func inOrder[T any](changes []Change[T], equal func(a, b T) bool) []Change[T] {
	changes = slices.Clone(changes)
	byTime := func(a, b Change[T]) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.Order - b.Order
	}
	if !slices.IsSortedFunc(changes, byTime) { // as Jira has them they are
		sorting.By(changes, byTime)
	}
	for start := 0; start < len(changes); {
		end := start + 1
		for end < len(changes) && changes[end].At.Equal(changes[start].At) {
			end++
		}
		var before *T
		if start > 0 {
			before = &changes[start-1].To
		}
		joinChanges(changes[start:end], before, equal)
		start = end
	}
	return changes
}

// joinChanges puts the changes of one moment into the order in which they form a chain from the value before them,
// where there is exactly one; before is nil where nothing is known of it. The places in the order of all
// changes stay as they are: the first one of the chain takes the first place.
func joinChanges[T any](changes []Change[T], before *T, equal func(a, b T) bool) {
	if len(changes) < 2 {
		return
	}
	s := &chainSearch[T]{changes: changes, equal: equal, used: make([]bool, len(changes)), left: maxChainSteps}
	s.extendChain(before)
	if s.found != 1 {
		return
	}
	ordered := make([]Change[T], len(changes))
	for place, n := range s.chain {
		ordered[place] = changes[n]
		ordered[place].Order = changes[place].Order
	}
	copy(changes, ordered)
}

// maxChainSteps bounds the search for a chain; a moment whose changes need more goes by Order.
const maxChainSteps = 20_000

// chainSearch looks for the orders in which changes join, up to a second one.
type chainSearch[T any] struct {
	changes []Change[T]
	equal   func(a, b T) bool
	used    []bool
	path    []int
	chain   []int // the first order that was found
	found   int
	left    int
}

// extendChain goes on from a value, nil for any, with the changes that are left.
func (s *chainSearch[T]) extendChain(value *T) {
	if len(s.path) == len(s.changes) {
		s.found++
		if s.found == 1 {
			s.chain = slices.Clone(s.path)
		}
		return
	}
	for n, c := range s.changes {
		s.left--
		if s.left < 0 {
			s.found = 2 // not known to be the only one
		}
		if s.found > 1 {
			return
		}
		if s.used[n] || value != nil && !s.equal(*value, c.From) || s.triedEqual(n) {
			continue
		}
		s.used[n], s.path = true, append(s.path, n)
		s.extendChain(&c.To)
		s.used[n], s.path = false, s.path[:len(s.path)-1]
	}
}

// triedEqual tells whether an equal change was triedEqual at this place: the order would be the same.
func (s *chainSearch[T]) triedEqual(n int) bool {
	for m := range n {
		s.left--
		if !s.used[m] && s.equal(s.changes[m].From, s.changes[n].From) && s.equal(s.changes[m].To, s.changes[n].To) {
			return true
		}
	}
	return false
}
