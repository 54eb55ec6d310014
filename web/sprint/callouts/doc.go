// Package callouts is what the page of a sprint tells of call-outs: beside impediments, by alert rule, and what they
// cost. It knows no person: figures are handed call-outs without them.
//
// Its words:
//
//   - A call-out is beside impediments where no impediment of the sprint accounts for it; each is counted once.
//   - An alert rule is what paged. A call-out of several rules counts in each, with its time split equally.
//   - Rest is working time that is owed after a night; it is told of a rota of three people or more.
//
// The way through it, of a sprint or of other days, which the last argument names in sentences:
//
//	view := callouts.Of(team, sprint, "the sprint")
//	view.Lines[2]   // "Together", 5, "12.5": impediments and call-outs beside them
//	view.Rules[0]   // the rule that took most
package callouts
