// Package outlook forecasts when work of a team will be done, from what it finished and what is left, and keeps the
// record of its own forecasts beside each date. The simulation itself is package forecast.
//
//	f, err := outlook.Ask(team, outlook.Question{Quarter: &quarter}, now)
//	// f.Dates.P85, f.Odds, f.Moved, f.Price, f.Calibration
//
// Its words:
//
//   - A question is about a sprint, an epic, a quarter or an amount. It becomes a scope (what is left, what has no
//     estimate, and how it grew) and a past (what was finished on each working day): see package inputs.
//   - A projection (forecast.go) holds both with the simulated working days; dates, odds and the fan are read from it.
//   - What moved a date (moved.go, movedby.go) is a chain of projections in which one thing after the other is set to
//     what it was: scope, estimates, pace, days off. Its parts add up to the whole.
//   - The price of the unexpected (price.go, priceoncall.go) is the difference to the same projection with the time of
//     impediments, or of call-outs, given back.
//   - The record (record.go) is the same procedure replayed over the team's past: how often a date held.
//   - An [Inquiry] keeps what several questions about one team share; it knows one team and is thrown away with it.
//
// An initiative (initiative.go) is done when the last of its teams is; rows of many of these (portfolio.go) carry the
// first risk that holds of each (risk.go). The contract is docs/measures.md, section 4 and 4b.
package outlook
