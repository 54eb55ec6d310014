// Package scope finds what of a Jira is a team's: its board, the sprints that are its own, the fields that its board and
// configuration name, and the questions for its issues. A reading and a check share it, so that a check tells what a
// reading will do.
package scope
