// Package timeseries makes the series that are posted, exported and drawn: each repeats a figure at every moment at
// which it changes.
//
//	pieces := timeseries.Pieces(team, now)           // every series, each unbroken
//	window := timeseries.Between(team, from, now)     // the same, cut to a window and joined
package timeseries
