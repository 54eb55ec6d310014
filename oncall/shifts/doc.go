// Package shifts brings past shifts and call-outs of another tool into on-call, from a table as CSV. It is pure.
//
// Its words: a row is a shift (who was on duty in a rota from when to when) or a call-out (who was called). A shift
// that differs from the plan becomes a correction, as an operator sets it; one that is as planned changes nothing, so a
// table may be read twice.
//
// The way through it: Parse reads the table, what cannot be read of a row stands in it; Writes makes what is to be kept
// of the rows, or finds all that is wrong with them; Told tells faults by line.
//
// An example. Ben had ada's Tuesday:
//
//	rows, faults := shifts.Parse(strings.NewReader("person,rota,start,end\n" +
//		"ben,k8s,2026-01-06T00:00+01:00,2026-01-07T00:00+01:00\n"))
//	kept, wrong := shifts.Writes(view, operator, rows) // one change from ada to ben, with the reason correction
package shifts
