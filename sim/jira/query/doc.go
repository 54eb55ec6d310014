// Package query answers JQL over what a played Jira holds at a moment: which issues a query finds, and in which order.
// The grammar is that of [jerem/sim/jira/jql].
//
// A [Searcher] compiles a query before it looks at issues (search.go: clauses, operators, functions; fields.go: what
// each field of a query reads of an issue), so that a value that does not exist is refused even where no issue would
// have asked for it. `project = K AND sprint in openSprints() ORDER BY key` becomes a condition, the conjunction of one
// on the project and one on the sprints that are open at the searcher's moment, and an order.
package query
