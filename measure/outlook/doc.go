// Package outlook forecasts when work of a team will be done, from what it finished and what is left, and keeps the
// record of its own forecasts beside each date. The simulation itself is package forecast.
//
//	f, err := outlook.Ask(team, outlook.Question{Quarter: &quarter}, now)
//	// f.Dates.P85, f.Odds, f.Moved, f.Price, f.Calibration
//
// A question about a sprint, an epic, a quarter or an amount becomes a scope (what is left, and how it grew) and a past
// (what was finished on each working day); a projection holds both with the simulated days.
package outlook
