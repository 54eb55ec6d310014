// Package track follows an amount over time as a step function.
//
// A [Track] is what a series of a sprint or a quarter is drawn and posted from: values, each from its moment on, in
// order of time. A value that does not change adds no point ([Track.Set]), but where a point is wanted at a moment,
// as at the edges of a drawing ([Track.Force]).
//
//	var t track.Track
//	t.Set(monday, 5)
//	t.Set(tuesday, 8)
//	t.Set(wednesday, 8)           // no third point
//	t.Value(monday.Add(time.Hour)) // 5
//	t.Value(monday.Add(-time.Hour)) // 0: nothing is known before the first point
//
// [SumUp] makes sums out of changes of single issues: an issue of 3 points that goes into done is the change {At, Work{
// Done: 3, Doing: −3}}, and the sums after each change are the points of three tracks.
package track
