// Package issue is the wing of an issue: what every figure was made from.
//
// The page draws on one axis what changed of it: status, estimate, sprints, epic, flag, and the time logged as sums of
// days (timeline.go); it tells the figures that it is a part of, with how much of how much (counts.go); and it lists
// each field with its values and since when they held, as of a moment (page.go). history.csv, with each entry of time,
// is the same for programs. It is where a doubt ends: an issue that counts 5 points in a commitment shows here that its
// estimate was 5 at the start of the sprint and 8 since the Tuesday after.
package issue
