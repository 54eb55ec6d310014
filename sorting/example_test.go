package sorting_test

import (
	"fmt"
	"strings"

	"jerem/sorting"
)

// The rows of a page in order of their names; of one name they stay as they came.
func ExampleBy() {
	type row struct{ Name, Place string }
	rows := []row{{"Storage", "first"}, {"Network", "first"}, {"Storage", "second"}}
	sorting.By(rows, func(a, b row) int { return strings.Compare(a.Name, b.Name) })
	fmt.Println(rows)
	// Output:
	// [{Network first} {Storage first} {Storage second}]
}
