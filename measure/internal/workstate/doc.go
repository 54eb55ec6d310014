// Package workstate tells where work stands: to do, in progress or done, by the statuses of a team.
//
// Its words: a [State] is one of the three; a [Classifier] decides which of them a status means for a team; [Evidence]
// dates a finish that no change of a status tells, by what Jira tells beside the history.
//
//	states := workstate.NewClassifier(history)
//	state, known := states.StateOf("10001", "")
//
// The first that says something decides: a name that the team configured as done; the board's columns, of which the
// last one means done; the category that Jira gives the status, or one of the same name. Where nothing is known a
// status means in progress, and done while the issue has a resolution.
//
// An example: a board has the columns To Do, Doing and Released. The status Review stands in Doing and has the category
// done: it means in progress, for a board says how its team works. Archived stands in no column and has the category
// done: it means done.
package workstate
