// Package index holds what is looked up of a history: issues by id and key, the state history of each, which issues
// were in a sprint or belonged to an epic, what was finished, and the time logged.
//
// Its words: a [Snapshot] is what counts of an issue from one change to the next; a [StateHistory] is the snapshots of
// an issue in their order; a [Checkpoint] is a place in the order of its changes, and [IssueAt] an issue at one; a
// [Membership] is the state history of an issue as one sprint sees it, over a [SprintSpan]; a [Finish] is the last
// entry of an issue into done.
//
//	x := index.New(history)
//	issue, ok := x.Lookup("K-1")
//	then, exists := x.Histories[issue.ID].At(moment) // then.State, then.Estimate, then.Sprints
package index
