package grade_test

import (
	"fmt"

	"jerem/measure/grade"
)

// One answer, of which figures that rest on estimates are partial and those that rest on time logged are complete.
func Example() {
	var r grade.Reasons
	r.AddSome(grade.OnEstimates, 2, "issue", "%s first estimated after the start")
	fmt.Println(r.On(grade.OnEstimates).Grade, r.On(grade.OnEstimates).Reasons)
	fmt.Println(r.On(grade.OnTime).Grade)
	fmt.Println(r.Whole().Grade)
	// Output:
	// partial [2 issues first estimated after the start]
	// complete
	// partial
}
