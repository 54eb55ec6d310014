// Package issues asks for issues with their histories, and keeps them.
//
// A document is an issue as Jira sent it, cleaned. An answer that fails as a whole is asked for in halves until the
// issue that spoils it is found: that one is refused, all others come. What comes is joined with what is known (a
// history does not shrink, a field that did not come is not empty), translated and kept in one transaction.
//
// A thousand issues, one of which Jira cannot send:
//
//	docs, outcome, err := fetcher.Fetch(ctx, ids, listed) // 999 documents; outcome.Broken names the one
//	kept, err := keeper.Keep(ctx, docs, show)             // show sees each as an agile.Issue
//	kept.Incomplete                                       // are read again by a later reading
//
// Of what is kept an [EpicCache] remembers which issues are epics of a quarter: the next reading asks for their issues.
package issues
