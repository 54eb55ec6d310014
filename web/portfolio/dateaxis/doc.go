// Package dateaxis is the axis of dates that all rows of a portfolio share: from today to the latest date told and the
// quarter's end, so that rows can be compared. Of a quarter that is over it begins before its end.
//
//	axis := dateaxis.Of(first, rows, due, false)
//	axis.Head()                          // the months, and the quarter's end
//	axis.RangeOf(row, verdict, false)    // the row: from its 50 to its 85 % date
//	axis.PositionOf(axis.Due)            // .8 where the quarter ends when four fifths of the axis are over
package dateaxis
