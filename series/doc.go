// Package series holds what measures make and sinks take: series of points with a class and labels, and their text
// forms. It knows neither sprints nor databases and imports the standard library only.
//
// The words:
//
//	series    points under a class and labels, its key; of kind [Step], a function over time, or [Events]
//	tick      a moment in microseconds since 1970 UTC
//	piece     an unbroken stretch of a step series; one that ended and began again has several
//	grid      the points at whole multiples of a step at which a step series lives, so that every query finds one
//	extent    what is to stand at a sink of one series: its pieces and their grid, up to a moment
//	pack      series with their points packed, until they are written in order
//	digest    tells the pieces of an extent from others
//
// The way through it: a measure fills a [Series] with [Series.Add]; [Join] makes one of several pieces, and for an
// export a [Pack] does so series by series, while text.go writes it as CSV, JSON or GTS. For a sink an [Extent] is
// walked ([Extent.Walk]), point by point, for the grid of years is never all in memory. [Differ] finds the first tick
// at which two extents differ, [Need] the points of one that do not stand yet, [Gone] the stretches in which points
// stand that are no more.
//
// An example: a sprint's remaining points are 8 from 09:00 and 5 from 09:30, and the step is 20 minutes. The extent up
// to 10:00 holds 8 at 09:00 and 09:20, 5 at 09:30, 09:40 and 10:00. Where 5 should have been 6, a new extent differs
// from 09:30 on, and [Need] finds the points of 09:30, 09:40 and 10:00.
package series
