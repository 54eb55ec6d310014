// Package inputs gathers what a forecast of a team's work is drawn from: what is left of what is asked for, what was
// finished on each working day, and how the total grew. It simulates nothing and grades nothing: that is outlook's,
// which asks this room.
//
// Its words:
//
//   - [TeamWork] is the work of a team counted in a unit: in points, hours or issues. All below is asked of it.
//   - A [Scope] is what is left of a quarter, an epic or a sprint at a moment: done and remaining in the unit, and how
//     many open issues have no estimate. Epics are taken one after the other, so in the scope of an epic stands
//     also what remains of those before it in its quarter (Earlier).
//   - A [Past] is what was finished: an amount for each working day, and the estimates from which an issue that has
//     none draws its size.
//   - Growth is the net change of a scope's total on each working day of the past, planning left out: of a sprint what
//     comes after its start, of an epic what comes after the first working day of its first quarter. While a scope is
//     younger than 30 working days, that of the whole team stands in for its own.
//   - A [Basis] is what all questions of one moment and unit share: the past and the record of forecasts made of it.
//     Two moments with the same [BasisKey] share one.
//   - [Epics] holds what was looked up of epics at a moment, for several questions about that moment.
//
// The way through it, for a quarter of two epics of a team that counts points: E-1, begun first, with 3 of 5 points
// done, and E-2 with 8 points and an issue without an estimate:
//
//	w := inputs.TeamWork{Unit: agile.Points, Team: team}
//	s := w.QuarterScope(quarter, nil, at)        // Done 3, Remaining 10, Unestimated 1, due on the quarter's last day
//	e := w.EpicInTurn(issueOfE2, nil, at)        // Done 0, Remaining 10, of which Earlier 2 are of E-1
//	b := inputs.NewBasis(w, at, true)            // what was finished under epics
//	growth := w.GrowthOf(s, b, at)               // one number for each of b.Past.Days
package inputs
