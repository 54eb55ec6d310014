// Package worklogs reads time logged on the issues that are kept, and keeps it.
//
// Jira lists what was logged, corrected or deleted on the whole site since a moment; what stands on issues that are
// kept is kept. Of issues that are new here that list may hold nothing, so each of these pending issues is asked for
// its own. What is known and not told any more is asked for by its ids before it goes. It is doubted, and stays, where
// the time spent of its issue says otherwise, where Jira lists it as changed and hides it, and, until a second reading
// finds the same, where Jira does not list it as deleted.
//
// A reading asks what was logged since the last one, and of one new issue:
//
//	reader := worklogs.Reader{Jira: client.Worklogs(), Store: kept, Log: log, At: reading}
//	answer, err := reader.Read(ctx, worklogs.Question{Since: until, Pending: []int64{10007}})
//	answer.Logs       // kept, with those of issue 10007
//	answer.Unreadable // cost themselves alone: what was known of them stays
//
// At the first time, and where a team is read whole, Question.All asks for everything.
package worklogs
