// Package flow is the wing of how work moves through a team: its page, its files, and its part of the page of a team
// without sprints.
//
// Package measure/flow computes cycle times, work in progress and its age by column, throughput, the cumulative flow,
// what is late today and the rules of a ticket's lifecycle, over a window of dates of finish, 90 days by default. Here
// they become a sentence, tiles, four drawings (drawing.go), three tables and their files (tables.go).
//
// An example: of 81 issues finished since 20 August half took 5 days or less and 85 % took 9 or less. The scatter has a
// dot for each by day of finish, a line at 5 and at 9, and a dotted one at the upper limit of ordinary variation; an
// issue that is in progress for 13 days in a column that 85 % left within 7 is late today, and says why.
//
// The same body stands on the page of a Kanban team ([Pages.Part]): the server hands it to the wing of sprints.
//
// A sentence names what a drawing cannot: "AA-149 lies beyond the limits". Where both limits are the same, one line is
// drawn, and a lower one that is not above zero is none: no cycle time is below it.
package flow
