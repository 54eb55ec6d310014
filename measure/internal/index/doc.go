// Package index holds what is looked up of a history: issues by id and key, the state history of each, which issues
// were in a sprint or belonged to an epic, what was finished, and the time logged.
//
// Its words:
//
//   - A [Snapshot] is what counts of an issue from one change to the next; a [StateHistory] is the snapshots of an
//     issue in their order.
//   - A [Checkpoint] is a place in the order of an issue's changes, and [IssueAt] the issue at one: snapshots are made
//     there.
//   - A [Membership] is the state history of an issue as one sprint sees it, over a [SprintSpan].
//   - A [Finish] is the last entry of an issue into done.
//   - A [Step] is a stretch of time in which nothing happens that the history tells, and no day and no working hours
//     begin or end. [InStep] keeps a value for all moments of one.
//
// The way through it, for K-1 with 5 points, in sprint 22 from 30 October and done on 5 November:
//
//	x := index.New(history)
//	issue, ok := x.Lookup("K-1")                     // by any key that it ever had, in any case, or by its id
//	then, exists := x.Histories.Of(issue.ID).At(fourth) // to do, 5 points; exists is false before it was created
//	last := x.Histories.Of(issue.ID)[1]                 // done, from 5 November on
//	span := x.SprintSpan(22, version, fourth)
//	members := x.Memberships(span)                   // one, of K-1; its last snapshot in the sprint is to do
//	done := x.Finishes(x.Unit, sixth)                // one, of 5 November
//
// An index never changes. [Index.Updated] makes that of a history that goes on, and shares with it all issues that did
// not change: what was computed of these is not computed again.
package index
