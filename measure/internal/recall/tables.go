package recall

import (
	"maps"
	"slices"
	"sync"

	"jerem/agile"
)

// Tables keep values that were computed of each issue alone. Those of a history that goes on from another one's
// take them over: only the values of issues that changed are computed anew. The zero Tables are empty; they are safe
// for concurrent use.
type Tables struct {
	mu     sync.Mutex
	tables map[any]*table
}

// table holds a value of each of some issues. Who fills it holds the lock: others wait instead of doing the same.
type table struct {
	mu     sync.Mutex
	filled bool           // values are those of the tables' own history
	values any            // []V, of the issues of the same places; nil where none were computed yet
	issues []*agile.Issue // in ascending order of id
	stale  map[int64]bool // issues whose values do not hold, while it is not filled
}

// EachValue returns a value of each issue, in the order of the issues, which is that of their ids, computing those that
// are not kept. The key names what is computed. Nobody changes a value.
func EachValue[V any](tables *Tables, issues []*agile.Issue, key any, compute func(*agile.Issue) V) []V {
	t := tableOf(tables, key)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.filled {
		return t.values.([]V)
	}
	former, _ := t.values.([]V)
	t.values, t.issues, t.stale, t.filled = goOn(t, former, issues, compute), issues, nil, true
	return t.values.([]V)
}

// goOn returns the values of issues, which are those of a table but for its stale ones, or all others where it has no
// values. What lies between two stale ones is taken over as it stands.
func goOn[V any](t *table, former []V, issues []*agile.Issue, compute func(*agile.Issue) V) []V {
	values := make([]V, 0, len(issues))
	if former == nil {
		for _, i := range issues {
			values = append(values, compute(i))
		}
		return values
	}
	was := t.issues
	for _, id := range slices.Sorted(maps.Keys(t.stale)) {
		n, stood := agile.PlaceOf(was, id)
		values = append(values, former[:n]...)
		issues = issues[n:]
		if stood {
			n++
		}
		was, former = was[n:], former[n:]
		if len(issues) > 0 && issues[0].ID == id {
			values, issues = append(values, compute(issues[0])), issues[1:]
		}
	}
	return append(values, former...)
}

func tableOf(t *Tables, key any) *table {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tables == nil {
		t.tables = map[any]*table{}
	}
	if t.tables[key] == nil {
		t.tables[key] = &table{}
	}
	return t.tables[key]
}

// Without returns the tables of a history that goes on from that of t, in which the values of some issues are computed
// anew when they are asked for next.
func (t *Tables) Without(changed map[int64]bool) *Tables {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := &Tables{tables: make(map[any]*table, len(t.tables))}
	for key, one := range t.tables {
		out.tables[key] = tableWithout(one, changed)
	}
	return out
}

func tableWithout(t *table, changed map[int64]bool) *table {
	t.mu.Lock()
	defer t.mu.Unlock()
	stale := make(map[int64]bool, len(t.stale)+len(changed))
	maps.Copy(stale, t.stale)
	maps.Copy(stale, changed)
	return &table{values: t.values, issues: t.issues, stale: stale}
}
