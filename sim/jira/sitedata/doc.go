// Package sitedata holds what a Jira site holds: issues with their histories, sprints, boards, worklogs, fields and
// people, from one of two sources. [LoadData] reads recorded data, which stand still; [LoadScenario] reads a story,
// whose site is another one at each moment.
//
// # Words
//
// A Site is fixed; a View is what it holds at a moment, and an IssueView one issue of it. A story is told in sections
// of lines, a line in words: the builder reads them, plays each event of an issue on the state that it had, which
// writes the histories as Jira would, and keeps the states; the renderer makes a View of those that have begun.
//
// # From a line to an answer
//
//	2026-01-06 10:00 status=done
//
// is an event of the issue whose section it stands in. playEvent begins a history entry at that moment, changeStatus
// sets status and resolution and adds their items, and the new state is kept. ViewAt(2026-01-06 10:01) renders it: the
// issue has status Done, a resolution date, and the entry in its changelog; one minute earlier it has none of them.
package sitedata
