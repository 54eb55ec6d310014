// Package sync reads a Jira and keeps what it brings.
//
// A reading asks for Jira's clock, then for metadata where that has become old: fields, statuses, issue types, and each
// team's board and sprints (room metadata). From what is known by then it plans (room plan, which asks nobody), and the
// steps are executed in order. Listing steps bring ids, reading steps read them in chunks (room issues), each of which
// is kept while the next one is asked for. At the end each team's state, its gaps and the next checkpoint are written.
// What is kept can be derived again without a Jira (room derive).
//
// Words:
//
//	checkpoint      up to where the store is current, by project, and for time logged
//	back-fill       a reading of everything; one that was interrupted goes on, for its beginning stands in the
//	                checkpoint
//	whole, current  a team of which everything is read, or only what was changed
//	reconciliation  all issues are listed, and those that are kept and not listed are asked for by id
//	retry list      issues that could not be read, to be asked for again
//	pending         issues whose time logged is still to be asked for
//	gap, doubt      what could not be had; and why a team is behind although it was read (room gaps)
//
// A quiet cycle: two teams were read ten minutes ago, nothing is due. The plan is
//
//	list changed issues of A B   → one search, from 25 minutes ago on, for the index lags behind
//	add issues to be read again  → none
//	read issues                  → none
//	read time logged             → what was logged since
//
// and the executor asks three questions in all: the clock, the search, the time logged. The first reading of the same
// teams is
//
//	begin the back-fill          → the checkpoint notes when
//	list all issues of A B       → one walk; issues that are kept and not listed are confirmed by id
//	add issues to be read again
//	read issues                  → a thousand at a time
//	list issues of other projects in epics of A B
//	read issues of epics
//	ask filters of A B
//	read time logged             → all of it
//
// A team's own trouble (its project is hidden, its query is refused) leaves that team out of the steps that follow, and
// the others go on. What Jira tells less of than is known stays, and is told: nothing goes before a later reading says
// so too.
package sync
