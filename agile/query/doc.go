// Package query looks at queries of the configuration, in JQL, before anybody is asked them. Jerem measures work, never
// a person: a query may ask for the work of a group, by its name or by at least three people, and for work that nobody
// has. One that makes a team of what one person does is refused, in whatever way it asks.
//
// Its words:
//
//   - a field of people is one whose values are persons: assignee and the like, which JQL knows everywhere, and those
//     of a site, whose names are known when the site has listed its fields ([People]);
//   - a saved filter is a query that stands in Jira and that another one names, as in filter = 10042: it is looked at
//     like the one that names it.
//
// The way through: the configuration holds
//
//	jql_filter: component = Core AND "Reviewer" = ada
//
// [Few] finds nothing in it while it knows no names beside assignee and the like, so the configuration is taken. A
// reading lists the fields of the site, of which one of people is called Reviewer; [Few] with these names returns
// "reviewer", and the team is refused with the words of [NewRefusal] before any of its issues is asked for.
package query
