// Package jira reads a Jira: issues with their whole history, boards, sprints, worklogs. Jira's words stop here and in
// the rooms within: what leaves is package agile's, and people are removed before anything leaves.
//
// Its words:
//
//   - A [Client] asks one Jira, of either kind. Cloud and Data Center stand behind the same calls; which one answers,
//     it is asked once. Where the two part ways, each has a type of its own: cloudIssues, dataCenterIssues.
//   - [Boards] reads boards with their sprints, [Worklogs] time logged; a Client leads to both.
//   - A [Project], a [BoardInfo], a [SprintInfo] are things as lists tell them.
//   - A search walks through the ids of issues. Cloud names a token for the next page. Data Center counts from the
//     beginning and goes no deeper than 10,000 results, so a search there is read in slices by creation.
//   - A bulk read takes up to [BulkSize] issues; its [Outcome] says which did not come and which cannot be read.
//   - What is wrong with a source is a problem, whose code says the kind ([Forbidden], [Failing] …).
//
// The rooms within, from the lowest: wire (shapes of answers), transport (one question and its answer), document (what
// is kept of an issue), translate (from there to agile). Of these translate is not imported here: what is kept is
// translated by whoever keeps it, as often as is needed.
//
// The way of an issue from HTTP to what is kept, on Cloud:
//
//	fs, err := client.Fields(ctx)                      // the fields of the site; fs.Plan puts the needed ones first
//	for id, err := range client.IDs(ctx, `project = K`) // POST /rest/api/3/search/jql, page by page
//	docs, outcome, err := client.Documents(ctx, ids, fs)
//	    cloudIssues.bulk          POST …/issue/bulkfetch: fields of up to a thousand issues; wire.Issue
//	    cloudIssues.histories     POST …/changelog/bulkfetch: their changes; wire.History
//	    document.New              only fields of fs, cleaned by kind: no person, no free text
//	issue, err := translate.Document(docs[0].Raw, types) // every field rewound: agile.Issue
//
// docs/jira.md says which requests are made and why.
package jira
