package track_test

import (
	"fmt"
	"time"

	"jerem/measure/internal/track"
)

// A value holds from its point on; the same value again makes no further point.
func Example() {
	monday := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	var t track.Track
	t.Set(monday, 5)
	t.Set(monday.AddDate(0, 0, 1), 8)
	t.Set(monday.AddDate(0, 0, 2), 8)
	fmt.Println(len(t.Points), "points")
	fmt.Println(t.Value(monday.Add(time.Hour)), t.Value(monday.Add(-time.Hour)))
	// Output:
	// 2 points
	// 5 0
}
