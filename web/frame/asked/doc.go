// Package asked reads what an address asks of a page or an answer. Pages, files and the JSON API share it, so that one
// text means one thing everywhere.
//
// The words:
//
//	moment    of ?at= and ?with=: a date is its end in the team's zone; what was asked and what is shown is noted, and
//	          told in headers and in a line on the page ([AskedMoments])
//	span      of ?from= and ?to=: of series ([Window]), or whole days of a flow ([FlowDates])
//	quarter   Q4-26 ([QuarterOf])
//	order     of the rows of a table, ?sort=-odds ([ReadOrder]); the heads of the columns lead to the others
//	what if   scope, pace, without and deadline of a forecast ([ReadWhatIf])
//
// What cannot be read is a problem (status 400) that names the parameter, its text, and what to write instead.
//
// An example: GET /teams/Kubernetes/roadmap?at=2030-01-01&sort=-odds. [MomentAt] reads the date and answers with the
// team's last complete reading, for nothing is known of 2030; the note of it becomes the line "You asked for the end of
// Tue 1 Jan 2030. Kubernetes: known until …", and the header Jerem-Asked-At. [ReadOrder] finds the column "odds", the
// greatest first.
package asked
