// Package sprinttrack follows the figures of a sprint over its time: the work in it, its ledger, its impediments. A
// track is a step function of one of them, from the start of the sprint to its completion, and says at each moment what
// the figure as of that moment says.
//
// A sprint that starts on Monday with 8 points, of which 3 are done on Tuesday at 15:00 and that is completed on Friday
// at 18:00, has these tracks of its work:
//
//	storypoint.total        8 from Monday on
//	storypoint.inprogress   0 from Monday on
//	storypoint.done         0 from Monday on, 3 from Tuesday 15:00 on
//
// Each of them has a last point at the completion. The way through it:
//
//	tracks := sprinttrack.Work(x, id, version, now)             // what is in it
//	tracks = sprinttrack.Ledger(x, id, version, now)            // commitment and what came of it
//	span := sprinttrack.Span(x, id, version, now)               // to the completion, or to now
//	own := sprinttrack.ImpedimentsWithin(list, span)            // opened or worked on in it
//	tracks = sprinttrack.Impediments(list, own, span, now)      // count and time, in all and by nature
package sprinttrack
