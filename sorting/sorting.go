package sorting

import "sort"

// By puts a list in the order that compare tells, as [slices.SortStableFunc] does: equals stay in the order in which
// they stand.
func By[T any](list []T, compare func(a, b T) int) {
	sort.SliceStable(list, func(i, j int) bool { return compare(list[i], list[j]) < 0 })
}
