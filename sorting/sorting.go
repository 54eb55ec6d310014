package sorting

import (
	"reflect"
	"slices"
)

// insertionLimit is up to how many elements are put in order by insertion, as in package slices.
const insertionLimit = 12

// By puts a list in the order that compare tells, as [slices.SortStableFunc] does: equals stay in the order in which
// they stand.
func By[T any](list []T, compare func(a, b T) int) {
	if from := placesFrom(len(list), func(i, j int32) int { return compare(list[i], list[j]) }); from != nil {
		moveFrom(from, reflect.Swapper(list))
	}
}

// placesFrom returns which place the element of each place comes from when they are in order; nil where they are.
func placesFrom(count int, compare func(i, j int32) int) []int32 {
	if inOrder(count, compare) {
		return nil
	}
	from := make([]int32, count)
	for place := range from {
		from[place] = int32(place)
	}
	if count <= insertionLimit {
		insertInOrder(from, compare)
		return from
	}
	slices.SortFunc(from, func(i, j int32) int {
		if told := compare(i, j); told != 0 {
			return told
		}
		return int(i - j)
	})
	return from
}

func inOrder(count int, compare func(i, j int32) int) bool {
	for place := int32(1); place < int32(count); place++ {
		if compare(place-1, place) > 0 {
			return false
		}
	}
	return true
}

func insertInOrder(from []int32, compare func(i, j int32) int) {
	for n := range from {
		for at := n; at > 0 && compare(from[at-1], from[at]) > 0; at-- {
			from[at-1], from[at] = from[at], from[at-1]
		}
	}
}

// moveFrom moves to each place the element that comes from another one, around each cycle of them.
func moveFrom(from []int32, exchange func(i, j int)) {
	for first := range int32(len(from)) {
		for place := first; from[place] != place; {
			source := from[place]
			from[place] = place
			if source != first {
				exchange(int(place), int(source))
				place = source
			}
		}
	}
}
