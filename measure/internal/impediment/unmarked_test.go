package impediment

import (
	"maps"
	"testing"

	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestUnmarkedFollowsChanges: the list that goes on knows which issues join now, and the one before what it knew.
func TestUnmarkedFollowsChanges(t *testing.T) {
	const log = "\n  2026-11-04T11:00 log 1h on 2026-11-04T09:00\n"
	read := func(first, second string) *index.Index {
		return index.New(storytest.Read(t, "until 2026-11-20",
			"K-1 2026-10-01T10:00 labels=impediment"+first+log+"K-2 2026-10-01T10:00"+second+log))
	}
	before := Find(read(" broken=labels:1", ""))
	after := before.Updated(read("", " broken=labels:1"), []int64{1, 2})
	w := Window{From: storytest.ParseTime(t, "2026-11-02"), To: storytest.ParseTime(t, "2026-11-06")}
	for _, c := range []struct {
		list *List
		want map[int64]bool
	}{{before, map[int64]bool{1: true}}, {after, map[int64]bool{2: true}}} {
		if got := c.list.UnmarkedIn(w, w.To); !maps.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
}
