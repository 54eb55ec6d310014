// Package clocks judges a Jira's clock by ours. Every figure stands as of Jira's clock, so one that stands years ahead
// would have figures computed, and points posted, for years that never were. A reading and a check share it.
//
//	difference   how far Jira's clock is ahead of ours; below 0 behind it
//	believed     a clock that figures may stand as of
//
// A clock within a day of ours is told by nobody, and neither is one behind ours: so stand recorded and simulated data.
// One further ahead is told and believed: ahead of a clock that stopped or was set wrong stands a Jira that is right.
// More than a year ahead it is believed only where Jira has an issue that was changed since our clock's present day,
// for then it is ours that stands still; more than ten years ahead never.
//
// A clock that agreed with ours and then falls more than a day behind what was read already is refused too: as of it
// all pages would be empty. A reading of everything that a person asks for takes it as it is.
//
// An example. Ours tells 28 November 2026, Jira's 7 October 2106. That is beyond ten years: [Judge] returns a problem
// of code [Wrong], the reading asks nothing more, and all teams are behind with its words. With Jira at 5 May 2028 one
// question is asked, for an issue changed since 29 November 2026: with one the year is told as a word of caution.
package clocks
