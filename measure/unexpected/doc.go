// Package unexpected measures the call-outs of a team beside its impediments, each once: together they are the work
// that nobody had planned.
//
// Its words:
//
//   - Call-out: an interruption of somebody of the team; here it has no person (see [agile.OnCall]). It counts as of a
//     moment where the local day of its start was over by then ([List.CountedFrom]), and so do its time and the rest
//     that it owes: beside a public rota a time of day would name a person. Its time runs from start to end, and where
//     call-outs of one person overlap the time stands once.
//   - Beside: said of a call-out that is not counted among the impediments already. One whose issue is an impediment of
//     the window counts as that issue.
//   - Counted time: time of call-outs on local days on which no impediment accounts for it. Time is split at local
//     midnight first; a call-out whose issue is an impediment of the window has counted time only on days on which the
//     issue has no time logged.
//   - Told: disturbed nights, owed rest and starts out of hours are told where at least three people were on duty in a
//     month that the window touches; else they would be the load of one person, which nobody but that person sees.
//
// The way through it: [Of] makes a [List] of impediments and on-call; [List.In] measures a window, [List.Days] all
// local days; [List.CountedTime] hands over counted time for the price of a forecast, and [List.RestByDay] rest that
// is owed.
//
// An example. In a sprint somebody logs two hours on impediment K-7 on Tuesday. A call-out about K-7 runs on Tuesday
// from 23:30 to 00:30, another one without an issue on Thursday from 03:00 to 04:00:
//
//	found := list.In(window, now)
//	found.Callouts, found.Beside       // 2, 1: the first one counts as K-7
//	found.Seconds, found.CountedSeconds // 7200, 5400: Tuesday's half hour is K-7's own time
package unexpected
