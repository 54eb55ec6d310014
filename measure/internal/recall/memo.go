package recall

import (
	"cmp"
	"slices"
	"sync"
)

// mostKept is how many values a memo keeps at most, where it is not told: the roadmap of a quarter asks for what was
// known at the end of each of its weeks.
const mostKept = 32

// Memo keeps a few values that were computed of a history, for those who ask for the same again: the forecasts of a
// portfolio rest on the same past many times. The zero Memo is empty; it is safe for concurrent use.
type Memo struct {
	Most   int // how many values are kept at most; 0 for 32
	mu     sync.Mutex
	values map[any]*remembered
	recent []any // keys, the one asked for last at the end
}

// remembered is a value of a memo. Who computes it holds the lock: others wait instead of doing the same.
type remembered struct {
	mu       sync.Mutex
	computed bool
	value    any
}

// Value returns the value of a key, computing it where it is not kept. The key names all that the value depends on
// beside the history; nobody changes the value.
func Value[V any](m *Memo, key any, compute func() V) V {
	one := rememberedOf(m, key)
	one.mu.Lock()
	defer one.mu.Unlock()
	if !one.computed {
		one.value = compute()
		one.computed = true
	}
	return one.value.(V)
}

// Len tells how many values are kept.
func (m *Memo) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.values)
}

// Kept returns a memo with those of the values whose keys are kept, for a history that tells them too.
func (m *Memo) Kept(keep func(key any) bool) *Memo {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := &Memo{Most: m.Most, values: map[any]*remembered{}}
	for _, key := range m.recent {
		if keep(key) {
			out.recent = append(out.recent, key)
			out.values[key] = m.values[key]
		}
	}
	return out
}

// rememberedOf finds the place of a value. The value that was not asked for longest goes where too many are kept.
func rememberedOf(m *Memo, key any) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[any]*remembered{}
	}
	if n := slices.Index(m.recent, key); n >= 0 {
		m.recent = slices.Delete(m.recent, n, n+1)
	} else {
		m.values[key] = &remembered{}
	}
	m.recent = append(m.recent, key)
	if len(m.recent) > cmp.Or(m.Most, mostKept) {
		delete(m.values, m.recent[0])
		m.recent = slices.Delete(m.recent, 0, 1)
	}
	return m.values[key]
}
