// Package flow measures how work moves through a team: cycle times, work in progress, throughput, the cumulative flow,
// the limits of its ordinary variation, and what is late.
//
// Its words:
//
//   - A passage is the way of one issue of the team's own project through its states: when it was created, first came
//     into progress, was done, and which columns it passed. Sub-tasks and epics have none.
//   - The window are the dates of finish that are asked for, 90 days by default. Cycle times, throughput, efficiency
//     and the process limits are those of the window; work in progress and ages are those of the moment.
//   - The pace of a column is the age below which 85 % of the issues were that left it in the last 90 days. An issue is
//     late today if it is older than the pace of the column in which it stands, untouched, or flagged.
//   - Limits are those of an XmR chart: what lies between them is the ordinary variation of this team.
//
// The way: passages are made out of the index once for a moment (passage.go), a window chooses among them (window.go),
// and each figure is a function of both: flow.go (times, ages, throughput), columns.go (the cumulative flow and the
// pace of columns), limits.go, lifecycle.go (rules of a ticket's life, and what is late), spans.go (for series).
//
//	from, to := flow.DefaultDates(team, now) // today and the 89 days before
//	f := flow.Measure(team, now, from, to)
//	late := flow.Late(team, now)
//
// An example: K8S-7 came into progress on Monday and was done on Wednesday. Its cycle time is 3 days, for both dates
// count; it is one issue in the throughput of Wednesday. The contract is docs/measures.md, section 5.
package flow
