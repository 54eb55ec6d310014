// Package source gives wings, API and metrics the teams as they were last read, and says what keeps them from being
// new or right. It is the one room of web that asks the store and the loop.
//
// The words:
//
//	team       a *measure.Team, loaded and computed once for each of its generations and shared with the sinks
//	           (package teams): a cycle that found nothing new costs no load, only another "now"
//	settled    the last cycle of reading that ended; while the next one writes, the figures of the last one stand
//	trouble    what keeps figures from being new, right or posted: of reading, posting, the store, or a figure
//	behind     said of a team whose readings fail: its figures stand as of the last one
//	live       what the loop knows and the store does not: troubles, and how far a first reading is
//
// An example: somebody opens /teams/Kubernetes. The wing calls Team(ctx, "Kubernetes"). No such team: a Problem that
// names those there are, each with its page. Not read yet: a Problem with how far the first reading is, and the page
// asks again by itself. Else the team; where its last reading failed [Teams.Behind] says since when and why, and
// what happens next, and the figures of the last good reading are shown.
package source
