// Package pastchange tells which figures had a part of what changed the past of a team after the fact.
//
// A change ([agile.PastChange]) is an issue that was deleted or that matches the filter otherwise, one that only
// earlier readings listed, a sprint that is the team's no more, or time logged that was corrected or deleted. The
// history at hand has it as it is now; of issues the changes hold besides what they were, and an index of these alone,
// with the parents and epics that they stand under, answers what a figure looked at then: who stood in a sprint, in the
// epics of a quarter, in the flow.
//
//	changes := pastchange.Of(x)
//	changes.InSprint(span) // K-7, deleted on 10 November, stood in the sprint: its commitment rested on it
//
// A change that was found after a moment concerns the figures as of that moment, and those of later moments that tell
// of the time before. What was found before the time that a figure tells of concerns it not. Without any change [Of]
// returns nil, which has none.
package pastchange
