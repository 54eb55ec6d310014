package words_test

import (
	"fmt"

	"jerem/agile"
	"jerem/measure/words"
)

// Time logged of 9,060 seconds by itself and beside a sum, an amount with its unit, and odds that are nearly certain.
func Example() {
	fmt.Println(words.Hours(9060))
	fmt.Println(words.Duration(9060))
	fmt.Println(words.Amount(1, agile.Points), "of", words.Amount(21, agile.Points))
	fmt.Println(words.Odds(0.999))
	fmt.Println(words.OrDash(nil, words.Odds))
	fmt.Println("An epic belongs to a quarter while it " + words.OfQuarters(agile.QuarterRule{}).While + ".")
	// Output:
	// 2.5
	// 2 h 31 min
	// 1 point of 21 points
	// over 95 %
	// –
	// An epic belongs to a quarter while it carries the quarter's label.
}
