package scope

import "slices"

// Unique leaves out what stood before, in place.
func Unique(ids []int64) []int64 {
	seen := map[int64]bool{}
	return slices.DeleteFunc(ids, func(id int64) bool {
		was := seen[id]
		seen[id] = true
		return was
	})
}
