package agile_test

import (
	"fmt"
	"time"

	"jerem/agile"
)

// The status of an issue is told back from what it is now by its changes.
func ExampleRewind() {
	monday := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	changes := []agile.Change[string]{
		{At: day(1), Order: 1, From: "todo", To: "doing"},
		{At: day(4), Order: 2, From: "doing", To: "done"},
	}
	equal := func(a, b string) bool { return a == b }
	status, broken := agile.Rewind(monday, day(7), "done", changes, equal)
	fmt.Println(broken, status.At(day(2)), status.Before(day(4)), status.At(day(4)))
	isDoing := func(value string) bool { return value == "doing" }
	fmt.Println(status.Held(monday, day(7), isDoing))
	// Output:
	// 0 doing doing done
	// 72h0m0s
}
