// Package chart draws: numbers in, SVG text out. A drawing knows numbers and no sprint, so pages, files, badges and
// print share it. Style comes by class only; colours, patterns and the shapes of marks are those of package ui and of
// the definitions in the frame of the pages.
//
// The words:
//
//	axis      the width of the plot, from 0 to 1; days side by side are each as wide as the other
//	scale     maps values from 0 to a round top onto pixels of height, with at most five lines of a grid
//	plot      where data is drawn. Its paths stand in a nested svg that stretches with the page
//	mark      a change of the ledger at its moment, above the burndown; those that stand too close share one
//	level     a line across the plot: a limit, a budget, a mean
//	screen    a phone, a tablet, or a desk and paper; labels are placed for each (package labels)
//
// x is in percent of the width and y in pixels, so one drawing serves a wide screen and a phone and no text ever
// shrinks. A drawing is made in one order: open it with the sentence that a screen reader says, shade the days off,
// draw the grid, draw the data, and at last place the names of things, for each screen apart.
//
// An example. The burndown of a sprint of three days, with 8 points committed, of which 3 are done at noon of the
// second day and 2 are added after it:
//
//	b := chart.Burndown{
//		ID: "t-burn", Title: "Burndown of Sprint 23: 8 points committed, 7 remain.", End: .6,
//		Days: []chart.Day{{Name: "Mon", Number: "2"}, {Name: "Tue", Number: "3"}, {Name: "Wed", Number: "4"}},
//		Line: []chart.XY{{X: 0, Y: 8}, {X: .5, Y: 5}, {X: .6, Y: 7}},
//		Ideal: []chart.XY{{X: 0, Y: 8}, {X: 1, Y: 0}},
//		Marks: []chart.Mark{{X: .6, Kind: chart.Added, Delta: "+2", Word: "added", Label: "K8S-9"}},
//		First: "8 committed", Last: "7 remain",
//	}
//	svg := b.SVG()
//
// The scale goes to 8 in steps of 2; the path holds each value until the next; "7 remain" stands where neither the line
// nor another text is, at every width of a phone, and again at every width of a tablet and of a desk. Where it finds no
// such place it is left out, for the headline, the title and the tables say it too.
//
// Axes, scales and the drawing itself are those of package plot; this room holds the kinds of charts.
// Small drawings without axes, in a line of text or a row of a table, are those of package inline.
//
// charttest reads a drawing as a browser shows it and tells what lies on what; it shares no code with this room.
package chart
