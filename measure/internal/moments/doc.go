// Package moments holds what many figures do with moments and days.
//
// A figure that changes only where a field does asks for the moments of its steps ([EachChange]), puts them into a set
// and walks them in their order ([SortedTimes]).
//
//	times := map[time.Time]bool{}
//	moments.EachChange(issue.Status, func(at time.Time) { times[at] = true })
//	for _, at := range moments.SortedTimes(times) { ... }
package moments
