// Package roadmap tells which epics belong to which quarters at a moment, and how much work they hold.
//
// Its words:
//
//   - A mark is what puts an epic into a quarter. What it is the team's rule says: a label, the name of a version that
//     the epic is to be released in, or the quarter of the day on which it is due. An epic with several marks belongs
//     to several quarters.
//   - A [Member] is an epic in a quarter. It is carried over where it belongs to an earlier quarter too: what was done
//     before the later one does not count in that.
//   - A [QuarterSpan] is a quarter's time. A quarter that is over stands as of its end ([QuarterSpan.AsOf]).
//   - [EpicWork] is the work of an epic in the team's unit: total, in progress, done. Done work stays in the total.
//
// The way through it, for E-1 in Q3-26 and Q4-26, with K-1 of 5 points done in September and K-2 of 3 points open:
//
//	r := roadmap.New(x)
//	summer, autumn := r.Span(third), r.Span(fourth)
//	r.Sum(summer, september)       // 8 and 5: what is there, and what is done of it
//	r.EpicsOf(fourth, november)    // E-1, carried over
//	r.Sum(autumn, november)        // 3 and 0: K-1 was done before
//
// [Roadmap.Tracks] follows the same sums over time, for series and drawings.
package roadmap
