package byid

import (
	"maps"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// TestMap: whatever is written to a map and to its copies, each holds what a map of Go holds, and those that were
// copied stay as they were.
func TestMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, want := New[int](rapid.IntRange(0, 40).Draw(t, "room")), map[int64]int{}
		var copied []*Map[int]
		var wanted []map[int64]int
		for range rapid.IntRange(1, 6).Draw(t, "copies") {
			for range rapid.IntRange(0, 120).Draw(t, "writes") {
				id := rapid.Int64Range(-5, 200).Draw(t, "id")
				if rapid.IntRange(0, 3).Draw(t, "deletes") == 0 {
					m.Delete(id)
					delete(want, id)
					continue
				}
				value := rapid.Int().Draw(t, "value")
				m.Set(id, value)
				want[id] = value
			}
			copied, wanted = append(copied, m), append(wanted, maps.Clone(want))
			m = m.Copy()
		}
		for n, one := range copied {
			if got := maps.Collect(one.All()); !maps.Equal(got, wanted[n]) || one.Len() != len(wanted[n]) {
				t.Fatalf("copy %d holds %d: %v, want %v", n, one.Len(), got, wanted[n])
			}
			for id := int64(-6); id <= 201; id++ {
				value, ok := wanted[n][id]
				if got, is := one.Get(id); got != value || is != ok || one.Of(id) != value {
					t.Fatalf("copy %d: %d is %d, %v, want %d, %v", n, id, got, is, value, ok)
				}
			}
		}
	})
}

// TestNil: no map holds nothing.
func TestNil(t *testing.T) {
	var m *Map[string]
	if _, ok := m.Get(1); ok || m.Of(1) != "" || m.Len() != 0 || len(maps.Collect(m.All())) != 0 {
		t.Error("something is held")
	}
}

// TestCopyCostsTheChange: a copy in which some entries are written takes bytes by these, and few by all others.
func TestCopyCostsTheChange(t *testing.T) {
	const written = 100
	few, many := bytesOfCopy(t, 10_000, written), bytesOfCopy(t, 100_000, written)
	t.Logf("%d and %d bytes", few, many)
	if most := few + 90_000; many > most || few > written*1_500 {
		t.Errorf("%d bytes of 10,000 entries, %d of 100,000, want %d at most", few, many, most)
	}
}

func bytesOfCopy(t *testing.T, count, written int64) uint64 {
	t.Helper()
	m := New[[]int](int(count))
	for id := range count {
		m.Set(10_000+id, nil)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	next := m.Copy()
	for n := range written {
		next.Set(10_000+n*count/written, []int{})
	}
	runtime.ReadMemStats(&after)
	if next.Len() != int(count) {
		t.Fatalf("%d entries", next.Len())
	}
	return after.TotalAlloc - before.TotalAlloc
}
