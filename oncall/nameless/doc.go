// Package nameless turns on-call into what figures may know of it: call-outs, their time, the rest that they owe and
// gaps of a team, without a person. It is the one place where on-call is handed on, so figures, series and forecasts
// never import a room of on-call, and none of them could name anybody.
//
// Its words are those of [agile.OnCall]. What only a person tells is settled here: whether a start was out of hours,
// which call-outs share a disturbed night, which working hours a rest takes, where call-outs of one person overlap.
//
// The way through it:
//
//   - callouts.go: Of makes the rows of a team out of a view of on-call; overlap.go cuts a person's time where the
//     call-outs that run change; duty.go tells gaps, and how many people were on duty in a month.
//   - source.go: a Source holds the rows of all teams and makes them again only when on-call was written; its
//     generation rises when rows of any team are others than before.
//
// An example. Ada is called at 03:00 on a Wednesday for an hour, and again at 03:30 until 04:30 by another rule. The
// rows hold two call-outs of night 1, out of hours; three stretches of called time (the first call-out alone, both, the
// second alone); and one stretch of owed rest from 09:00, when her working hours begin, to 15:30:
//
//	rows := nameless.Of(view, "Kubernetes")
//	len(rows.Callouts), len(rows.Worked), len(rows.Rests) // 2, 3, 1
package nameless
