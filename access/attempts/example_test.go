package attempts_test

import (
	"fmt"
	"time"

	"jerem/access/attempts"
)

// A script tries eleven secrets within a second, and one more six seconds later.
func Example() {
	var l attempts.Limit
	now := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	wrong := 0
	try := func() {
		if l.IsUsedUp("203.0.113.7", now) {
			fmt.Println("429 after", wrong)
			return
		}
		l.CountFailure("203.0.113.7", now)
		wrong++
	}
	for range 11 {
		try()
	}
	now = now.Add(6 * time.Second)
	try()
	fmt.Println(wrong, "were answered as wrong")
	// Output:
	// 429 after 10
	// 11 were answered as wrong
}
