// Package sorting puts lists in order with one piece of machine code for all types.
//
// Go makes the functions of package slices anew for each type of elements: some 20 kB of the program for each type that
// is sorted by one of them, and a hundred types are. Lists that are short, or seldom sorted, are put in order by [By],
// which takes a few hundred bytes for a type. What is sorted for each issue, or is long, stays with slices, whose
// functions take half of the time.
//
// An example: the rows of a page in order of their names, equal names as they came:
//
//	sorting.By(rows, func(a, b row) int { return strings.Compare(a.Name, b.Name) })
package sorting
