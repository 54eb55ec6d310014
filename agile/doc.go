// Package agile holds the words that all rooms share: issues whose every field is a
// [Timeline], sprints, boards, teams, and the [History] that figures are made from.
// It knows no Jira, no database and no clock; of ours it imports only calendar, for the working time of a team.
//
// No type here has a place for a person: work is described, never who did it.
package agile
