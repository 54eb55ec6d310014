// Package moved joins the past of a team that was read from one Jira with what another one tells since the team moved
// there: from Data Center to Cloud, or to another site.
//
// Its words: the former history is that of the site that was left, the present one that of the site where the team is
// now. The cut is the moment up to which the former one tells: the date of the move, or the last complete reading of
// the former site where that was earlier. Each moment has one teller, so a change that both sites know is counted once.
//
// What is the same on both sites has two ids. Issues are joined by key, sprints by name and start, statuses, types,
// versions and fields by name (fields besides as the configuration says); of a status, type or version that no name
// tells, the issues on both sites tell which one they have in its place. The ids of the present site are used. What
// the present site does not have keeps its past: an issue or sprint under its former id, negated, anything else under
// an id that no Jira gives.
//
// An example: K-7 is 10007 on the former site and 52 on the present one. It was estimated 5 in March, the move is in
// May, and it is closed in June on the present site, where its estimate did not come along. Joined it is issue 52,
// created when the former site says, estimated 5 from March to the move, not estimated since, closed in June.
//
//	fields := map[string]string{"customfield_10002": "customfield_10016"}
//	joiner := moved.NewJoiner(former, moved.Move{At: may, Fields: fields})
//	history, whole := joiner.Join(present)
//
// A [Joiner] keeps what it joined: an issue that did not change is the same one again.
package moved
