// Package flow measures how work moves through a team: cycle times, work in progress, throughput, the cumulative flow,
// the limits of its ordinary variation, and what is late.
//
//	from, to := flow.DefaultDates(team, now) // today and the 89 days before
//	f := flow.Measure(team, now, from, to)
//	late := flow.Late(team, now)
//
// A passage is the way of one issue through its states; all figures of a window are functions of its passages.
package flow
