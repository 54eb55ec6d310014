// Package agile holds the words that all rooms share: issues whose every field is a
// [Timeline], sprints, boards, teams, calendars, and the [History] that figures are made from.
// It knows no Jira, no database and no clock, and imports the standard library only.
//
// No type here has a place for a person: work is described, never who did it.
package agile
