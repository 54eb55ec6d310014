package amount_test

import (
	"fmt"

	"jerem/measure/internal/amount"
)

// Sums of estimates without the noise of binary fractions, and parts that make up their whole.
func Example() {
	tenth, fifth := 0.1, 0.2
	fmt.Println(tenth+fifth, amount.Tidy(tenth+fifth), amount.Tidy(0.3-tenth-fifth))
	fmt.Println(amount.Split(1, 3))
	fmt.Println(*amount.Share(5, 8), amount.Share(5, 0) == nil)
	fmt.Println(amount.Within(13), amount.Within(1e13))
	// Output:
	// 0.30000000000000004 0.3 0
	// [0.333334 0.333333 0.333333]
	// 0.625 true
	// true false
}
