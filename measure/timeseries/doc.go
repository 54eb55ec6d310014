// Package timeseries makes the series that are posted, exported and drawn: each repeats a figure at every moment at
// which it changes.
//
//	pieces := timeseries.Pieces(team, now)           // every series, each unbroken
//	window := timeseries.Between(team, from, now)     // the same, cut to a window and joined
//	// every series, a few at a time
//	for part := range timeseries.Parts(ctx, team, now, timeseries.AllClasses)
//	// what Between returns, packed, of the classes that are wanted
//	err := timeseries.AddTo(ctx, pack, team, from, now, wanted)
//
// A sink is posted to by [Told.Pieces], which keeps what it made for the next time. An export and the API go through
// AddTo: no more than a part has its points unpacked in memory, and forecasts are simulated only where they are wanted.
// All that takes a context looks at it before each part and before each noon of a forecast, so that who is told to end
// does so at once.
package timeseries
