package recall

import "sync"

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
