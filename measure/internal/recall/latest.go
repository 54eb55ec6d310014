package recall

import (
	"maps"
	"sync"
)

// latest is the value of a question as of the step that was asked for last.
type latest struct {
	mu       sync.Mutex
	computed bool
	step     any
	value    any
}

// Latest returns the value of a key in a step, computing it where the one that is kept is of another step: of each key
// one value is kept. Who computes holds the lock: others wait instead of doing the same.
func Latest[V any](m *Memo, key, step any, compute func() V) V {
	one := Value(m, key, func() *latest { return &latest{} })
	one.mu.Lock()
	defer one.mu.Unlock()
	if !one.computed || one.step != step {
		one.value = compute()
		one.step, one.computed = step, true
	}
	return one.value.(V)
}

// TakeLatest takes values over from another memo: those whose key and step are taken, as of another step. What is being
// computed meanwhile is left out.
func (m *Memo) TakeLatest(former *Memo, take func(key, step any) (as any, taken bool)) {
	former.mu.Lock()
	values := maps.Clone(former.values)
	former.mu.Unlock()
	for key, one := range values {
		value, step, computed := one.peekLatest()
		if !computed {
			continue
		}
		if as, taken := take(key, step); taken {
			Latest(m, key, as, func() any { return value })
		}
	}
}

// peekLatest returns the value of [Latest], and the step that it is of; false where it is none, or who computes holds
// the lock.
func (r *remembered) peekLatest() (value, step any, computed bool) {
	if !r.mu.TryLock() {
		return nil, nil, false
	}
	defer r.mu.Unlock()
	one, is := r.value.(*latest)
	if !is || !one.mu.TryLock() {
		return nil, nil, false
	}
	defer one.mu.Unlock()
	return one.value, one.step, one.computed
}
