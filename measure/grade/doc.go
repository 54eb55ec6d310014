// Package grade tells how far a figure can be trusted: complete, partial or limited, with the reasons.
//
// A [Reason] says what figures rest on that lacks something (its [Basis]), so one answer's [Reasons] grade each of its
// figures by what that figure rests on:
//
//	var r grade.Reasons
//	r.AddSome(grade.OnEstimates, 2, "issue", "%s first estimated after the start")
//	r.On(grade.OnEstimates) // partial: "2 issues first estimated after the start"
//	r.On(grade.OnTime)      // complete
//
// What a history lacks comes as codes and arguments ([agile.Gap]) and is worded here, in gaps.go and subjects.go, and
// nowhere else: {sprints, shrunk, sprint_gone, 7} reads "Jira tells less of the board's sprints than is known: what was
// known is kept (sprint 7 is gone)".
package grade
