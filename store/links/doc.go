// Package links keeps what joins an issue to others: how an issue of another project comes to a team.
//
// Its words: a link is a row of one of the tables of links, a value and an issue. There are four kinds: the projects
// that an issue ever held, the parents and epics that it ever had by their ids, the epics that are told by a key alone,
// and the keys that it ever had itself, where it may be an epic. The view relation of the database joins the last
// three. Links tell what ever was, for a team is asked for the whole past.
//
// The way through it, by the example of K-7, which is put into the epic 900 of another team. Its timelines tell both:
//
//	links.OfIssue(issue) // the project of K, the parent 900; no key, for what stands in an epic is no epic itself
//
// [Put] writes with the issue the links that are new. The teams that get an issue by them are raised by who writes the
// issue; those that lose one, where a history is told differently than before, are raised by Put, before the links go.
//
// Who refreshes a team compares what it knows of an issue with what is kept, [ReadKept]: where it lacks a link
// ([LacksAny]) others may have come to the team by it, and their time logged and their issues are read too.
package links
