// Package issuehistory tells what every figure was made from: the timelines of one issue in the words of its team, as
// of a moment. Pages and the API show them; no figure is computed from them.
//
// Its words:
//
//   - A [History] holds a list for each field that counts: summary, type, status, state, estimate, sprints, epic,
//     labels, flag, and the time logged. Types, statuses and epics are told by name and key, not by id.
//   - [Held] is a value with the moment since which it holds. Of several changes at one moment the last one stands, and
//     a derived value (state, sprints, epic) that is the same after a change is told once.
//
// The way through it, for K-1 that was created on 30 October in sprint 22 and done on 5 November:
//
//	h, ok := issuehistory.Of(team, "K-1", team.Now())
//	h.State                                      // to do from 30 October, done from 5 November
//	h.Sprints                                    // [22] from 30 October
//
// As of 4 November h.State ends with to do; before 30 October ok is false. An issue is found by each key that it ever
// had, and by its id.
package issuehistory
