// Package track follows an amount over time as a step function.
//
//	var t track.Track
//	t.Set(monday, 5)
//	t.Set(tuesday, 8)
//	t.Value(monday.Add(time.Hour)) // 5
package track
