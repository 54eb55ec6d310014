// Package plan decides what a reading does. It asks nobody: from what is known, and a moment of Jira's clock, it makes
// the steps that package sync executes.
//
// Its words:
//
//	knowledge   what a reading knows before it asks for issues: the checkpoint, and of each team its state, its
//	            scope and its settings
//	settings    what figures of a team depend on in its configuration; its scope alone decides which issues are read
//	whole       a team of which everything is read: it never was, its scope changed, or Jira's clock went back
//	current     a team of which only what was changed is read
//	leave out   which listed issues need not be read, for they are kept well enough
//	reconciled  all issues are listed, to find those that were deleted; compared, where the moment of each one's last
//	            change is looked at besides
//
// Two teams that were read ten minutes ago, with metadata that is young:
//
//	p := plan.Reading(knowledge, now)
//	p.Steps              // list changed issues of A B; add issues to be read again; read issues; read time logged
//	p.Teams["A"]         // not whole, changes since ten minutes ago
//
// Had the second one another filter than the one that was read with, its state would not be as now
// ([KnownTeam.ReadAsNow]): the steps would begin a back-fill, list all issues of B, and list the changed ones of A.
package plan
