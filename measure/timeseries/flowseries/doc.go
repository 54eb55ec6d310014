// Package flowseries makes the series of how work flows: what is in progress, as a step function; what was finished on
// each day; and at the noon of each day the cycle times of the last 90 days and the ages of what is in progress.
//
// Its words:
//
//   - A span of days is a stretch of noons at which a value is one of those that are counted: a cycle time from the
//     noon after its finish on, for 90 days; the start of an issue in progress while it is.
//   - A [Memory] is the series with what they are counted by. The next time the counts of issues that differ are taken
//     out, and those of what they are now put in; where that would change a noon that was told, all is counted anew.
//
// An issue that is started on 5 October and finished at 15:00 of the 7th counts 1 in progress between the two, 1 at the
// noon of the 7th among what was finished, and 3 days among the cycle times from the noon of the 8th to that of
// 4 January:
//
//	list := flowseries.Of(team, now)   // counted from the beginning
//	var kept flowseries.Memory
//	list = kept.GoOn(team, now)        // the same, and counted on from there the next time
package flowseries
