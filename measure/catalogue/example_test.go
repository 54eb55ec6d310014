package catalogue_test

import (
	"fmt"

	"jerem/measure/catalogue"
)

// What is known of a figure by its name, and of a series by its class.
func Example() {
	f, ok := catalogue.Find(catalogue.OfQuarter, "days_to_complete")
	fmt.Println(ok, f.Title)
	fmt.Println(f.Formula)
	fmt.Println(f.Expression)
	fmt.Println(f.Metric, f.Labels)
	wip, _ := catalogue.OfClass(catalogue.ClassAgileFlow + "wip")
	fmt.Println(wip.Of, wip.Name)
	// Output:
	// true Days to complete
	// ⌈remaining ÷ velocity⌉
	// ceil(remaining / velocity)
	// jerem_quarter_workdays_to_complete [quarter]
	// flow wip.count
}
