// Package document makes of an issue, as a Jira sends it, the document in which it is kept: what could be a person or
// free text is not in it. It decides which fields of a site are read, cleans values and histories, and joins what is
// read with what was known. It asks nothing and knows no clock.
//
// Its words:
//
//   - A [Kind] says how values and changes of a field are read. What has no kind is never asked for.
//   - A [Fieldset] is the fields of a site that are read. [Fieldset.Plan] puts first what boards and configuration
//     need, for a Jira Cloud takes a hundred fields in one request. Its [Fieldset.Signature] tells one set from
//     another: with another one, what is kept lacks something.
//   - A namesake is a field of the same name: on Data Center changes tell the name of their field and no id. A change
//     that may as well be of a field that is never asked for is left out.
//   - A [Document] is what is kept; its Raw form is a [Content] in JSON. Its gaps tell what of the issue cannot be
//     read.
//   - [Merge] keeps what was known where less is told now: a history does not shrink, and a field that was asked for
//     and did not come is not empty.
//
// The way through it, for an issue that is estimated at 5 points and assigned to somebody:
//
//	site       customfield_1 "Points" is a number: KindNumber; "assignee" is a user: no kind
//	sent       {"fields": {"customfield_1": 5, "assignee": …}}; changes of customfield_1 from 3 to 5, and of assignee
//	kept       {"fields": {"customfield_1": {"name": "Points", "kind": "number", "number": 5}},
//	            "histories": [{"items": [{"field": "customfield_1", "fromString": "3", "toString": "5"}]}]}
//	next time  the change does not come: Merge keeps it, counts it, and adds the gap "histories shrunk"
package document
