// Package small draws small burnups that stand side by side, one for each epic of a quarter: what is in total and
// done by the end of each day. They have no labels of their own, and share one scale and one axis of days, so that
// they can be compared. Package chart draws the burnup of the whole.
//
// A worked example. Of a quarter of 8 days 4 are over; one epic has 5 points, of which 2 are done since the third day,
// another one twice as many:
//
//	low := small.Burnup{Total: []float64{5, 5, 5, 5}, Done: []float64{0, 0, 2, 2}, Places: 8, Due: 1}
//	high := small.Burnup{Total: []float64{10, 10, 10, 10}, Done: []float64{0, 0, 4, 4}, Places: 8, Due: 1}
//	scale := small.ScaleOf([]small.Burnup{low, high})
//	low.SVG(scale) + high.SVG(scale)
//
// are two drawings whose lines end in the middle of their width, the second one twice as high as the first.
package small
