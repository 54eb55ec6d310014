// Package investment tells where the time and the finished work of a team's quarters went: by initiative, by type of
// issue and by the nature of the unexpected.
//
//	quarters := investment.Of(team, now, 4) // the last four, oldest first
//	// quarters[3].Rows: {Kind: "initiative", Name: "Cloud", Estimate: 34, Seconds: 120_000, Share: 0.31}, …
//
// The rows of each kind add up to the same whole; what names nothing of a kind stands under a nil name. A quarter
// stands as of its end or the moment, whichever is first, with the time logged that is known at the moment.
package investment
