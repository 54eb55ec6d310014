package issues

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/store"
)

// UpdateCache remembers when the issues that were listed last were last changed, as they are kept: for as long as the
// overlap goes back each reading lists what changed again. The zero value remembers nothing.
type UpdateCache struct{ updated map[int64]time.Time }

// mostRemembered bounds what is remembered: where all issues are listed they do not come again.
const mostRemembered = 10_000

// Of returns when issues were last changed, as far as they are kept. What is not remembered is read.
func (c *UpdateCache) Of(ctx context.Context, kept *store.Store, ids []int64) (map[int64]time.Time, error) {
	known := make(map[int64]time.Time, len(ids))
	var unknown []int64
	for _, id := range ids {
		if at, ok := c.updated[id]; ok {
			known[id] = at
		} else {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return known, nil
	}
	read, err := kept.Issues.UpdatedAt(ctx, unknown)
	if err != nil {
		return nil, err
	}
	maps.Copy(known, read)
	if len(ids) > mostRemembered {
		return known, nil
	}
	if c.updated == nil {
		c.updated = map[int64]time.Time{}
	}
	maps.Copy(c.updated, read)
	return known, nil
}

// Keep forgets all but some issues, in ascending order: those that are listed now.
func (c *UpdateCache) Keep(ids []int64) {
	maps.DeleteFunc(c.updated, func(id int64, _ time.Time) bool {
		_, listed := slices.BinarySearch(ids, id)
		return !listed
	})
}

// Forget forgets some issues, which are written or deleted.
func (c *UpdateCache) Forget(ids []int64) {
	for _, id := range ids {
		delete(c.updated, id)
	}
}

// ForgetAll forgets all issues: the store may hold something else of them.
func (c *UpdateCache) ForgetAll() { c.updated = nil }
