// Package words writes amounts, dates and odds as people read them, the same on pages, in answers and in a terminal.
//
//	words.Hours(9000)                        // "2.5"
//	words.Duration(9060)                     // "2 h 31 min": exact, wherever parts stand beside their sum
//	words.Amount(21, agile.Points)           // "21 points"
//	words.Odds(0.999)                        // "over 95 %": odds are never told as certain
//	words.OfQuarters(rule).While             // "carries the quarter's label"
//	words.OfInitiatives(rule)                // "An initiative is named by a label that begins with Project_."
//
// What a rule of the configuration says is worded by that rule, never by its default (quarters.go, initiatives.go).
// Numbers are rounded for the eye here and nowhere before. A figure by itself is hours with one decimal; in a formula
// and beside a sum time is written exactly, for rounded parts need not add up to the rounded sum.
package words
