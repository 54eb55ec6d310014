// Package translate rebuilds the past of an issue, in the words of package agile, from the document in which it is
// kept and the types of the site. It asks nothing and knows no clock: what is kept can be translated again at any time,
// and is, when [Version] rises.
//
// Its words:
//
//   - A source is a document with its changes by field, in order.
//   - A change has two sides, from and to. A joint is where the "to" of one change meets the "from" of the next, or of
//     the last one the present value. Joints that do not fit are counted by field; figures that rest on the field say
//     so.
//   - To rewind a field is to go from its present value back through its changes to the creation of the issue
//     ([agile.Rewind]). Where the present value is not known, the changes are replayed from the first on.
//   - A sub-task shows the sprints of its parent, which tells nothing of the time when it was an ordinary issue: its
//     sprints of then are those of its changes, else untold.
//   - Evidence is a date that Jira tells beside the history: it says since when a present value holds that no change
//     set.
//
// The way through it, for an issue that went from "To Do" (1) to "Doing" (2) on 2 January and is "Done" (3), resolved
// on 10 January, without a change that says so:
//
//	document   status now 3; changes of status: 2 January, from 1 "To Do" to 2 "Doing"; resolutiondate 10 January
//	source     changes["status"] = [2 January: 1 → 2]
//	status     the last change ends at 2 and the present value is 3: one joint does not fit; the evidence lies between
//	           the last change and the last update, so 3 holds since 10 January
//	timeline   1 from the creation, 2 from 2 January, 3 from 10 January; Broken["status"] = 1
//	names      1 "To Do", 2 "Doing", 3 "Done"
package translate
