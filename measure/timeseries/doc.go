// Package timeseries makes the series that are posted, exported and drawn: each repeats a figure at every moment at
// which it changes.
//
// Its words:
//
//   - A class is what a kind of series is called, by the catalogue; labels tell the series of a class apart: the team,
//     a sprint, an epic, a quarter, a nature.
//   - A piece is an unbroken stretch of a series. One that ended and began again, as that of an epic that left a
//     quarter and came back, has several; [series.Join] makes one series of them.
//   - A part is what is made at one time: the series of an epic, of a sprint, of a quarter, of the flow.
//   - A forecast has a point at the noon of a working day, of what was told as of that noon. [Told] keeps what it told,
//     and tells a noon again only where something changed that it rests on (measure/timeseries/digest).
//
// The way through it:
//
//	pieces := timeseries.Pieces(team, now)           // every series, each unbroken
//	window := timeseries.Between(team, from, now)     // the same, cut to a window and joined
//	// every series, a few at a time
//	for part := range timeseries.Parts(ctx, team, now, timeseries.AllClasses)
//	// what Between returns, packed, of the classes that are wanted
//	err := timeseries.AddTo(ctx, pack, team, from, now, wanted)
//
// A sprint that begins on Monday at 09:00 with a commitment of 8 points, of which 3 are done on Tuesday at 15:00, has
// in the class jerem.agile.sprint.remaining the points 8 and 5 at these moments; one that is completed has a last
// point at its completion.
//
// A sink is posted to by [Told.Pieces], which keeps what it made for the next time. An export and the API go through
// AddTo: no more than a part has its points unpacked in memory, and forecasts are simulated only where they are wanted.
// All that takes a context looks at it before each part and before each noon of a forecast, so that who is told to end
// does so at once.
package timeseries
