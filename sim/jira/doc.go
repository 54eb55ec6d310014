// Package jirasim plays a Jira Cloud or a Jira Data Center over HTTP, as strict as the real one, from one of two
// sources: recorded data ([LoadData]) or a story that a person wrote ([LoadScenario]; its form stands in FORMAT.md
// beside this file).
//
// A story's site answers as of its clock: what has not happened yet is not there. Recorded data
// are served as they were recorded, whatever the clock says: they are not rewound.
//
// Where real Jira is strict the simulator is too: unbounded JQL, a page too large, an expired token,
// a removed endpoint get Jira's own status and words. Where real Jira is careless it is careless too:
// startAt of a token-paged search is ignored, the inline changelog loses the oldest entries, links
// point at the site's own host even behind a gateway, and people stand in every answer.
//
// It shares no types with any client, because a simulator that did would share its mistakes.
//
// # Faults
//
// What a client must survive is played by [faults.List], rules by path, in either dialect:
//
//	var planned faults.List
//	sim := jirasim.NewServer(site, jirasim.Options{Email: "a@b", Token: "c", Fault: planned.Next})
//	planned.On("/worklog", faults.Refuse(404, "Time Tracking is not enabled."))  // for good
//	planned.On("POST /search", faults.Redirected(302, "", "/jira"))  // to another path of the host
//	planned.On("/bulkfetch", faults.HTMLPage(502)).After(1).Times(2)  // the second and third time
//	planned.On("/board/1/sprint", jirasim.Fault{Edit: faults.Emptied})  // 200, and nothing in it
//	planned.On("/field", jirasim.Fault{Edit: faults.MoreFields(120, "number")})  // before the one that is needed
//	planned.On("/issue/bulkfetch", jirasim.Fault{Edit: faults.WithoutID(10003)})  // listed, and never sent
//	planned.On("/search", jirasim.Fault{GzipIssues: 50_000_000})  // small, and large once unpacked
//	rule := planned.On("/changelog", jirasim.Fault{Edit: faults.Emptied})  // histories with nothing in them
//	rule.End()
//
// A [faults.Edit] gets a copy of the answer, so the site stays what it is; [faults.Without], [faults.Rewritten],
// [faults.EditList], [faults.WithoutChanges], [faults.IssueField] and [faults.FieldNamed] make edits, [faults.Edits]
// joins them, and [faults.Emptied], [faults.Shrunk] and [faults.Doubled] are whole ones. [faults.Fault] lists what is
// no edit: delays, statuses, broken connections, endless pages, tokens that come twice, excused issues. Of several
// rules that fit one request only the last is played; its edits are joined with [faults.Edits].
//
// What happens to the site itself stands in its story, not in faults: boards that appear and go ("created", "deleted"),
// a second board, sprints that began on a board that is gone, a field Flagged of another name ("flagged"), a Jira's own
// resolutiondate and statuscategorychangedate.
//
// It is one folder of more than fifteen files, one for each group of addresses, for all handlers work on the same
// server and the same call. What they show, the query language and the shapes of values are rooms of their own
// (sitedata, jql, wire).
package jirasim
