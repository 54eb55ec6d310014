// Package days is the days of a sprint, side by side: where a moment lies among them, and what each of them brought.
//
// The words:
//
//	axis      the dates from the start to the planned end, or to the moment shown if that is later; each is as wide as
//	          the other. Inside a working day time goes by its working hours, inside a day off by the clock
//	position  the place of a moment on the axis, from 0 to 1
//	ideal     the line from the commitment at the start to 0 at the planned end, falling in working time only
//	day       what came in, was completed and was reopened on a date, and what remained at its end
//
// Drawings of a sprint stand on an [Axis], so the burndown and the impediments below it share their days. [DayByDay]
// follows the ledger; the changes of a day add up to the difference between what remained at the ends of two days.
//
// An example: a sprint from Mon 9 to Fri 20 November has twelve dates. Its Wednesday 11 is a day off: the ideal line is
// flat there. At 14:00 on Tue 17, with hours from 09:00 to 18:00, the position is (8 + 5/9) / 12 = 0.71.
package days
