// Package storytest makes histories for tests: read from stories of a few lines, steady ones, large ones, and generated
// ones.
//
//   - [Read] makes a history of a setup and issues in the language of measure/testdata: for what a figure must be.
//   - [SteadyTeam] finishes two points a day: for what rests on a pace, as forecasts do.
//   - [BigHistory] is three years of a team with 10,000 issues: for what grows with the size of a history.
//   - [GenerateHistory] draws a history with changes at one and the same moment: for promises that hold of all inputs.
//   - [OnCallOf] adds call-outs to any of them.
//
// An example, an issue that is estimated at 5 and done three days later:
//
//	h := storytest.Read(t, "sprint 1 S1 active 2026-11-02T09:00 2026-11-13T18:00", `
//	K-1 2026-10-30T10:00 sprint=1 points=5
//	  2026-11-04T10:00 status=done`)
//	team := measure.Of(h)
//	sprint, err := team.Sprint(1, team.Now())
package storytest
