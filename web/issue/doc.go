// Package issue is the wing of an issue: what every figure was made from.
//
// The page draws on one axis what changed of it: status, estimate, sprints, epic, flag, and the time logged as sums of
// days (timeline.go); it tells the figures that it is a part of, with how much of how much (counts.go); and it lists
// each field with its values and since when they held, as of a moment (page.go). history.csv, with each entry of time,
// is the same for programs. It is where a doubt ends: an issue that counts 5 points in a commitment shows here that its
// estimate was 5 at the start of the sprint and 8 since the Tuesday after.
//
// Words. A field that had several values is told with each of them and since when; one that never changed stands below
// with its one value. A part is what the issue adds to a figure: of each sprint that it was in or was worked on during,
// and of its epic, every explanation is searched for its row, so that the page and the figure cannot differ.
//
// An example: GET /teams/K8S/issues/K8S-1424?at=2026-11-10 tells what was known at the end of that day. Beside it stand
// history.csv, counts.csv (the parts, in the units of the API) and timeline.svg, of the same moment. An issue that was
// not there at the moment, or is of no team that is read, is answered 404.
package issue
