// Package cutoff ends a history with a moment: it leaves out what a reading that is not complete has kept already.
//
// A reading of Jira writes chunk by chunk, and ends with the state of the team. Whoever loads the team in between, or
// after a reading that ended early, would find some issues as they are now and others as they were, and figures of no
// moment at all. So the history is cut to the last reading that was complete, its Until.
//
// The way through it, by the example of K-7, which was done at ten past nine by a reading that goes on, where the last
// complete one ended at nine:
//
//	cutoff.CutHistory(history)
//
// K-7 is in progress again: each of its timelines loses the steps after nine, and what it tells of its last update and
// of its resolution too. Issues, time logged, gaps, versions of sprints and of days off that began after nine are gone.
package cutoff
