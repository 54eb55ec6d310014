// Package sorting puts lists in order with one piece of machine code for all types.
//
// Go makes the functions of package slices anew for each type of elements: some 20 kB of the program for each type that
// is sorted by one of them, and a hundred types are. [By] takes a few hundred bytes for a type: it puts the places of
// the elements in order, then moves each element once. Of long lists that takes half the time of
// [slices.SortStableFunc], and twice the time of [slices.SortFunc], with which the few lists stay that are as long as a
// team has issues. A list that is in order takes no memory; what is sorted for each issue stays with slices as well.
//
// An example: the rows of a page in order of their names, equal names as they came:
//
//	sorting.By(rows, func(a, b row) int { return strings.Compare(a.Name, b.Name) })
package sorting
