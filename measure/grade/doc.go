// Package grade tells how far a figure can be trusted: complete, partial or limited, with the reasons.
//
// A [Reason] says what figures rest on that lacks something (its [Basis]), so one answer's [Reasons] grade each of its
// figures by what that figure rests on:
//
//	var r grade.Reasons
//	r.AddSome(grade.OnEstimates, 2, "issue", "%s first estimated after the start")
//	r.On(grade.OnEstimates) // partial: "2 issues first estimated after the start"
//	r.On(grade.OnTime)      // complete
package grade
