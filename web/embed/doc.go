// Package embed is the wing of what other places show of a team's sprint: a badge for a README or a wiki, a card for
// the frame of another page, and a screen on a wall that goes from team to team.
//
// All of them are the page of the sprint in another shape: the server hands in what describes that page as
// [Pages.Sprint], so that no figure is computed or written twice.
//
//	/teams/Kubernetes/badge.svg?show=done     "Sprint 23 | 16 of 43 points"
//	/teams/Kubernetes/card                    sentence, tiles and burndown, which any page may frame
//	/wall?every=30                            the same large; every 30 seconds the next team, without a script
//	/wall?every=0&show=1                      the same of one team, without going on
//
// A card links to the page with a new window, for a frame is no place to read in. The wall is led on by a header of
// HTTP, so it goes on when a page fails: the problem's page is left again as well.
package embed
