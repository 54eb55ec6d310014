// Package rules tells by which rules a team's history is counted, and which of them changed between two readings.
//
// Jira tells no past of a board or a filter, and a configuration has none: figures of the whole past are counted by the
// present rules. So each reading keeps what it counted by (a [Set]), and the next one compares: what changed is told by
// every figure of the time before, see measure/grade.
//
//	before := rules.Of(team, site)
//	team.Filter = "labels = mobile"
//	now := rules.Of(team, site)
//	now.ChangesSince(before) // one: {scope, rule_filter}
//
// A status, an issue type and a version count where both readings know them: one that is new changes nothing in the
// past.
package rules
