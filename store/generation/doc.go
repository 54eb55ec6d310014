// Package generation raises the generations of teams: a number of each that rises in the transaction that changes
// anything a history of it holds.
//
// Its words: a [Reason] says what changed: the content of issues, anything else of a history (rest), or which issues
// belong to it (scope). An issue is marked where its content changed, so that a team that is refreshed reads it again.
//
// The way through it, by the example of a sprint that got another name. The family of sprints writes its row and then,
// in the same transaction, calls
//
//	err = generation.RaiseTeamsOfSprints(ctx, tx, []int64{7})
//
// which raises the number of each team that has sprint 7 to the version that the store will have once the transaction
// is done. What was computed of another team stays right, and is not computed again. Where an issue changed
//
//	err = generation.MarkIssues(ctx, tx, []int64{10, 20})
//
// marks the issues and raises the teams whose history holds one of them: by its project, by a sprint or an epic of the
// team, or as a parent or a child of such an issue.
package generation
