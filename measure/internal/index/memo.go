package index

import "sync"

// mostKept is how many values a memo keeps at most.
const mostKept = 8

// Memo keeps a few values that were computed of an index, for those who ask for the same again: the forecasts of a
// portfolio rest on the same past many times. The zero Memo is empty; it is safe for concurrent use.
type Memo struct {
	mu     sync.Mutex
	values map[any]any
}

// Recall returns the value of a key, computing it where it is not kept. The key names all that the value depends on
// beside the history; nobody changes the value.
func Recall[V any](x *Index, key any, compute func() V) V {
	m := x.memo
	m.mu.Lock()
	value, known := m.values[key]
	m.mu.Unlock()
	if known {
		return value.(V)
	}
	computed := compute()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil || len(m.values) >= mostKept {
		m.values = map[any]any{}
	}
	m.values[key] = computed
	return computed
}
