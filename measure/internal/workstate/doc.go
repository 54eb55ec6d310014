// Package workstate tells where work stands: to do, in progress or done, by the statuses of a team.
//
// Its words: a [State] is one of the three; a [Classifier] decides which of them a status means for a team, by the
// columns of its board, the names that it configured as done, and the categories of Jira; [Evidence] dates a finish
// that no change of a status tells, by what Jira tells beside the history.
//
//	states := workstate.NewClassifier(history)
//	state, known := states.StateOf("10001", "")
package workstate
