// Package sprintreport holds the ledger of a sprint against the sprint report that Jira itself shows. The report is
// computed from the history by Jira's rules, not fetched, so that it can be told of any moment.
//
// Its words:
//
//   - A [Report] lists the issues of a sprint as Jira does: completed, not completed, completed outside the sprint,
//     removed. An [Issue] of it has the estimate with which it came into the sprint and its last one there.
//   - A [Difference] names an issue of which ledger and report say different amounts done or removed, by how much, and
//     why: seven reasons, from done_at_start to planning_grace.
//
// The way through it:
//
//	d, err := sprintreport.Compare(team, 22, team.Now())
//	d.Sums[sprintreport.ListCompleted].Final     // what the report says completed
//	d.Differences                                // what leads from it to the ledger
//
// An example: K-1 is estimated at 5 points, done in the sprint, and estimated at 8 afterwards, while it is still in the
// sprint. The ledger completed 5, the report says 8: a difference of 3, reestimated_after_done. docs/measures.md tells
// the seven reasons.
package sprintreport
