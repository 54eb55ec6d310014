// Package jirasim plays a Jira Cloud over HTTP, as strict as the real one, from one of two sources:
// recorded data ([LoadData]) or a story that a person wrote ([LoadScenario]; its form stands in
// FORMAT.md beside this file).
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
package jirasim
