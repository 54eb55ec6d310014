package byid_test

import (
	"fmt"

	"jerem/measure/internal/byid"
)

// A copy shares with the former map what is not written to it.
func Example() {
	histories := byid.New[string](2)
	histories.Set(7, "to do")
	histories.Set(8, "to do")
	next := histories.Copy()
	next.Set(7, "done")
	fmt.Println(histories.Of(7))
	fmt.Println(next.Of(7), "and", next.Of(8))
	// Output:
	// to do
	// done and to do
}
