// Package words writes amounts, dates and odds as people read them, the same on pages, in answers and in a terminal. It
// knows units and rules, and no figure: whoever tells one hands it a number.
//
// Its words:
//
//   - A figure by itself is rounded for the eye: hours with one decimal, shares in whole percents ([Figure], [Hours],
//     [Percent]). Numbers are rounded here and nowhere before.
//   - An exact amount stands in a formula or beside the sum that it is a part of ([ExactAmount], [Duration]): rounded
//     parts need not add up to the rounded sum.
//   - Odds are rounded down and end at "over 95 %": a forecast is never told as certain, and what is at risk never
//     reads as what is on track.
//   - [Thin] is the space between a figure and its unit, and between thousands.
//   - A word agrees with its number as that is written: "1 issue", "0 issues", "+1 point" ([Agree], [Count]).
//
// The way through it, as the example of this package has it:
//
//	words.Hours(9000)                  // "2.5"
//	words.Duration(9060)               // "2 h 31 min"
//	words.Amount(21, agile.Points)     // "21 points"
//	words.Odds(0.999)                  // "over 95 %"
//	words.OrDash(nil, words.Odds)      // "–": what may be unknown
//	words.OfQuarters(rule).While       // "carries the quarter's label"
//	words.OfInitiatives(rule)          // "An initiative is named by a label that begins with Project_."
//
// What a rule of the configuration says is worded by that rule, never by its default (quarters.go, initiatives.go).
package words
