package series_test

import (
	"fmt"
	"time"

	"jerem/series"
)

// The remaining points of a sprint are 8 from 09:00 and 5 from 09:30; the step is 20 minutes.
func Example() {
	nine := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	remaining := func(then int64) *series.Extent {
		s := series.Series{Class: "remaining", Kind: series.Step}
		s.Add(nine, series.Long(8))
		s.Add(nine.Add(30*time.Minute), series.Long(then))
		return &series.Extent{Pieces: []series.Series{s}, Step: 20 * time.Minute, Until: nine.Add(time.Hour)}
	}
	was, now := remaining(5), remaining(6)
	for _, p := range was.Points(series.Tick(nine)) {
		fmt.Println(series.Time(p.Tick).UTC().Format("15:04"))
	}
	fmt.Println("differs from", series.Time(series.Differ(was, now)).UTC().Format("15:04"))
	// Output:
	// 09:00
	// 09:20
	// 09:30
	// 09:40
	// 10:00
	// differs from 09:30
}
