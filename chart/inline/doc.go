// Package inline draws what stands in a line of text, a tile or a row of a table: meters and stacks, small burnups
// (sparks), rows of dates and of waterfalls, badges. Such a drawing has no grid and no labels of its own to place; what
// it means is said by the text beside it. Meters, stacks and rows of waterfalls are not read out therefore; what no
// text tells, as how a date moved, has a label for screen readers. Package chart draws whole charts.
//
// Words. A place on a row is a share of its width, from 0 to 1; what lies beyond is drawn at the edge. All rows of a
// table share one axis, so that they can be compared, and [AxisHead] names that axis once. Style comes by class only.
//
// A worked example. A quarter has 30 of 40 points done, and 80 % of its days are over:
//
//	passed := .8
//	svg := inline.Meter(30.0/40, &passed, "f-exp")
//
// is a rail filled to 75 % of its width, with a tick at 80 %: the work is a little behind the days.
//
// A value beyond the axis is not lost: the date of a [Range] that lies later than its end is an arrow at the edge.
package inline
