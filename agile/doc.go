// Package agile holds the words that all rooms share: issues whose every field is a [Timeline], sprints, boards, teams,
// and the [History] that figures are made from. It knows no Jira, no database and no clock; of ours it imports only
// calendar, for the working time of a team.
//
// No type here has a place for a person: work is described, never who did it.
//
// Its words:
//
//   - A [Timeline] is the value of something at each moment: At, Before, AtOrder where several changes share a moment,
//     Held for how long a value was held.
//   - A [Change] has two sides, from and to. A joint is where the "to" of one change meets the "from" of the next.
//     [Rewind] makes a timeline of changes and a present value, backwards, and counts the joints that do not fit
//     ([Joints], by field); [Replay] does so forwards where the present value is not known.
//   - An [Issue] is a piece of work with the whole past of the fields that figures need. A [Worklog] is time logged on
//     one.
//   - A [Sprint] has versions, as it was seen at each reading, for Jira keeps no history of sprints. A [Board] has
//     columns and what it estimates by; it has no history either.
//   - A [Team] is an entry of the configuration: whose work is measured, by which rules. Conventions of a company
//     (labels of quarters, of initiatives, of dependencies) are rules of the team and never constants here.
//   - A [History] is all that is known of a team's work; a [Gap] is something that is not known, or doubted,
//     and its [Subject] a code with arguments, of which measure/grade alone makes words.
//
// The way through it, for an issue that was created on Monday as "to do", began on Tuesday and is "done" now:
//
//	changes := []agile.Change[string]{
//		{At: tuesday, Order: 1, From: "todo", To: "doing"},
//		{At: friday, Order: 2, From: "doing", To: "done"},
//	}
//	status, broken := agile.Rewind(monday, now, "done", changes, equal) // broken is 0: every joint fits
//	status.At(wednesday)                                               // "doing"
//	status.Before(friday)                                              // "doing"
//	status.Held(monday, now, isDoing)                                  // from Tuesday to Friday, three days
//
// Were the present value "todo", the last change would lead to "done" and the present value be another: one joint would
// not fit, and the figures that rest on the status would say so.
package agile
