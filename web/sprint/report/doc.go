// Package report tells of a sprint what Jira's own sprint report tells, and where the ledger says otherwise.
//
// The words:
//
//	list        completed, not completed, completed outside of the sprint, removed: an issue stands in one of them
//	sum         the estimates of a list, when its issues came into the sprint and at last
//	difference  an issue of which ledger and report say different amounts done or removed, and why
//
// The lists are computed from the history by the rules of Jira's report (sprintreport.Compare), not fetched.
// [Lists] writes them for the page of a sprint, sub-tasks below their parents; [Planned] is the one list of a sprint
// that has not begun. [Pages.Page] is a page of its own that holds the ledger against them.
//
// An example: K8S-506 came into the sprint when it was done already, with 1 point. The ledger has no entry that
// completes it; Jira's report lists it as completed outside of the sprint. The page says: "The ledger and Jira's own
// report differ on 1 issue, and it is named", with why: came in done.
package report
