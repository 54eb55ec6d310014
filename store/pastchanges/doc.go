// Package pastchanges keeps what changed the past of a team after the fact and stands in no change history of Jira, so
// that the figures that rested on it say so.
//
// Its words: a change is one of [agile.PastChange]; it is found by a reading, which Jira's clock dates. Of an issue
// that Jira does not have any more stays what tells on which figures it had a part: its key, where it stood, how far it
// was and its labels, when, and when time was logged on it; no title, no estimate, no seconds. Of all else the issue or
// the sprint is kept as before, and the change names it.
//
// The way through it, by the example of an issue of the team K that is deleted: in the transaction that takes its rows
// out
//
//	err := pastchanges.NoteDeletedIssues(ctx, tx, reading, []int64{10007})
//
// writes a row of each team whose history holds it, before they go. [Read] gives it back with the history of K. An
// issue that comes back, as after a permission was given again, takes its row with it: [ForgetReturned]. So does one
// that matches a filter again, which never seems to have left: [NoteMatches].
package pastchanges
