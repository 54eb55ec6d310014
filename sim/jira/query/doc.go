// Package query answers JQL over what a played Jira holds at a moment: which issues a query finds, and in which order.
//
// Its words:
//
//   - A query is a text of JQL; the grammar, and what cannot be read at all, is that of [jerem/sim/jira/jql].
//   - A [Searcher] has what a query is asked of: a site, the view of it at a moment ([sitedata.View]), the zone in
//     which dates without one are read, and the dialect, for Cloud and Data Center differ in what is refused.
//   - A condition is a compiled part of a query, a function that tells whether an issue meets it.
//   - A field of a query (jqlField) knows the forms in which an issue holds it: a status is found by its id, its name
//     and its untranslated name.
//   - [Refused] is Jira's answer to a query that it does not take, in Jira's words.
//
// The way through it: [Searcher.Run] parses, compiles the whole query, and only then looks at issues, so that a value
// that does not exist is refused even where no issue would have asked for it. search.go compiles clauses, operators and
// functions, fields.go tells what each field reads of an issue and by what is ordered. Without ORDER BY the newest
// issues come first.
//
// A worked example (see Example). `project = K AND sprint in openSprints() ORDER BY key` becomes the conjunction of two
// conditions: that the key, id or name of the project is K, and that one of its sprints is among those that are
// active at the moment of the view. Two rules of Jira that surprise are played:
//
//   - `labels != a` finds no issue without labels: a negative comparison leaves out what is empty.
//   - A key that an issue had before it was moved to another project finds it, and so does `parent = ` by it.
//
// It shares nothing with the client of Jira, which writes such queries, and knows neither HTTP nor JSON: the server in
// sim/jira asks it for searches of both dialects, for its pages and for filters of boards.
package query
