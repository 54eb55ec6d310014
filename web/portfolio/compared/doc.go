// Package compared holds all initiatives and teams of a quarter beside themselves as of another moment.
//
// The words: a side is all teams as of one of the moments; a subject is an initiative or a team, with its row of the
// portfolio on both sides. What moved the most comes first: a verdict that is another one, then odds. What happened
// between are the epics of all teams, each in the unit of its team.
//
// An example: beside the end of Sun 8 Nov, "Reliability" has odds of 20 %, they were 60 %, "now unlikely"; its 85 %
// date is 14 working days later; and NET-1090 of Network came in with 13 points.
package compared
