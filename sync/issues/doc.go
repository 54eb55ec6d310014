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
//
// A reading bears a thousand refusals; what is not found by then is asked for by the next one. [Fetcher.Ahead] asks for
// the next chunk while the one before is kept, so a stop costs one chunk that is asked for again. An issue that comes
// as it was before what is kept says that Jira was restored from a backup: [Keeper.OlderThanKept] tells it, and all
// time logged is read again, for what was logged since then is gone without a word.
package issues
