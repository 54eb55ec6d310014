// Package workdays counts the working days on which forecasts rest: those behind, on which work was finished, those
// ahead, on which it will be, and the rest that call-outs owe on them.
//
// Its words:
//
//   - A [List] are the working days from the first finish of a team to yesterday, each with its place: what a forecast
//     draws is drawn by place, so that days off weigh nothing. [Places] finds the place of a day by its number at once.
//   - [Ahead] counts working days from a moment on. Day 1 is the moment's own day while its working hours last, else
//     the next one; day 0 is the day before, on which nothing is left to do.
//   - [Rest] is working time that call-outs owe on days ahead. Where the capacity of a day is known it lowers what may
//     be drawn for that day.
//
// The way through it, for a forecast as of a Monday at ten of a team that works from Monday to Friday:
//
//	behind := workdays.Between(x, first, monday)     // … Thursday, Friday
//	place, ok := behind.PlaceOf(saturday)            // of the next working day, false where it is not over yet
//	ahead := workdays.After(x, at)
//	date, ok := ahead.DateOf(6)                      // the Monday after; false where the calendar has none
//	days := ahead.DaysUntil(friday)                  // 5
//	rest, left := workdays.OwedRest(team, ahead, at) // left[0] is the part of today's working time that is left
package workdays
