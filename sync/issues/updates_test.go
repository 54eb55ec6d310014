package issues

import (
	"testing"
	"time"
)

// TestUpdateCacheIsSmall: nothing is remembered of issues that are no longer listed.
func TestUpdateCacheIsSmall(t *testing.T) {
	c := UpdateCache{updated: map[int64]time.Time{1: {}, 2: {}, 3: {}}}
	c.Keep([]int64{2, 4})
	if _, kept := c.updated[2]; len(c.updated) != 1 || !kept {
		t.Errorf("%v are remembered, want 2", c.updated)
	}
}
