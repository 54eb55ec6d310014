// Package issue is the wing of an issue: what every figure was made from.
//
// The page lists each field with its values and since when they held, as of a moment, and the time logged; history.csv
// is the same for programs. It is where a doubt ends: an issue that counts 5 points in a commitment shows here that its
// estimate was 5 at the start of the sprint and 8 since the Tuesday after.
package issue
