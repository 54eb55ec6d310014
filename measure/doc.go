// Package measure turns the history of a team into figures: what was expected of a sprint, what was unexpected and why,
// and the epics of a quarter. Every figure is a pure function of an [agile.History] and a moment: no clock, no store,
// nothing outside the arguments. So a live page, the replay of three years, a page as of any past day and a test
// compute the same figure. docs/measures.md holds the definitions and formulas; measure/catalogue names every figure
// once.
//
// # The way through it
//
// A history is made ready once, then asked:
//
//	team := measure.Of(history)
//	sprint, err := team.Sprint(22, team.Now())   // the figures of a sprint
//	quarter := team.Quarter(name, team.Now())    // those of the epics of a quarter
//
// The other families are rooms beside this one and are asked of the same team:
//
//	flow.Measure(team, now, from, to)            // how work moves, and flow.Late what is late
//	outlook.Ask(team, question, now)             // when it will be done
//	timeseries.Pieces(team, now)                 // the series of all of it
//	sprintreport.Compare(team, 22, now)          // a ledger against Jira's own report
//	issuehistory.Of(team, "K-1", now)            // what the figures were made from
//	summary.StatusAt(team, now)                  // all of it in sentences
//
// Below stand what they share: internal/index (what is looked up of a history), internal/impediment, internal/roadmap,
// internal/track (courses over time), internal/amount (sums without noise), grade (how far a figure can be trusted) and
// words (amounts and dates as people read them). Imports run down only, in the order of these two lists, read
// backwards.
//
// # Its words
//
//   - State: to do, doing or done, by the board's columns, the configured names and the category of a status.
//   - Snapshot: what counts of an issue from one change to the next. Its state history is all of them, in order.
//   - Checkpoint: a place in the order of an issue's changes at which a snapshot is taken.
//   - Membership: an issue's state history as one sprint sees it, up to the end of the sprint or the moment asked.
//   - Ledger: the account of a sprint; commitment + added − removed + reestimated − completed + reopened = remaining.
//   - Reconciliation: what leads from the ledger's completed to what was completed and what is done.
//   - Impediment: an unexpected task, told by label, type or JQL; its cost is the time logged on it.
//   - Active period: the time during which one sprint is the current one; of several, the one that started last.
//   - Grade: whether a figure is complete, partial or limited, with the reasons.
//
// # A worked example
//
// Three issues, estimated in points, and sprint 22 from Monday 2 November 2026, 09:00, to Friday 13 November, 18:00:
//
//	K-1  in the sprint from 30 October with 5 points; done on 5 November
//	K-2  in the sprint from 30 October with 3 points; 5 points from 4 November on
//	K-3  created on 6 November with 2 points and put into the sprint
//
// [Of] makes a state history of each: that of K-1 holds two snapshots, to do with 5 points and done with 5 points.
// [Team.Sprint] as of 9 November asks the index for the memberships of sprint 22 and follows each over its changes:
//
//	2 November   K-1 commit 5, K-2 commit 3      8 remain
//	4 November   K-2 reestimate +2              10 remain
//	5 November   K-1 complete −5                 5 remain
//	6 November   K-3 add +2                      7 remain
//
// So the ledger says 8 + 2 − 0 + 2 − 5 + 0 = 7. Completed is 5, scope is what is completed and what is open, 5 + 7
// = 12, and completion is 5 / 8 of the commitment. It is day 6 of 10. The story testdata/sprints/example holds this.
package measure
