// Package grade tells how far a figure can be trusted: complete, partial or limited, with the reasons.
//
// Its words:
//
//   - A [Grade] is complete where nothing is missing, partial where something is and the figure still tells, limited
//     where it was not read or more than half of what it rests on is missing.
//   - A [Basis] is what figures rest on: work, estimates, time logged, dates, and so on. A [Reason] says what of it
//     lacks something, so one answer's [Reasons] grade each of its figures by what that figure rests on.
//   - A gap ([agile.Gap]) is what a history lacks, as a code with arguments. It is worded here, in gaps.go and
//     subjects.go, and nowhere else: {sprints, shrunk, sprint_gone, 7} reads "Jira tells less of the board's sprints
//     than is known: what was known is kept (sprint 7 is gone)".
//
// A worked example. Two of the issues of a sprint were estimated after its start; that is a reason against what was
// committed, and none against the time that impediments took:
//
//	var r grade.Reasons
//	r.AddSome(grade.OnEstimates, 2, "issue", "%s first estimated after the start")
//	r.On(grade.OnEstimates) // partial: "2 issues first estimated after the start"
//	r.On(grade.OnTime)      // complete
//	r.Whole()               // partial: the grade of the answer with all its figures
package grade
