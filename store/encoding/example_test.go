package encoding_test

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/store/encoding"
)

// The timelines of an issue that changed its status become one text, and are read out of it again.
func Example() {
	made := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	issue := &agile.Issue{ID: 1, Key: agile.Timeline[string]{{From: agile.MomentOf(made), Value: "K-1"}},
		Status: agile.Timeline[string]{{From: agile.MomentOf(made), Value: "1"},
			{From: agile.MomentOf(made.Add(24 * time.Hour)), Order: 3, Value: "2"}}}
	text := encoding.WriteEvents(encoding.EncodeTimelines(issue))
	fmt.Println(text)
	read := &agile.Issue{ID: 1}
	err := encoding.NewDecoder().ReadIssue(read, text)
	fmt.Println(read.Key.Last(), read.Status.At(made.Add(time.Hour)), read.Status.Last(), err)
	// Output:
	// [["key",1767258000000000,0,"K-1"],["status",1767258000000000,0,"1"],["status",1767344400000000,3,"2"]]
	// K-1 1 2 <nil>
}
