package query_test

import (
	"fmt"

	"jerem/agile/query"
)

// A query of one reviewer is found out once the site has said that Reviewer is a field of people.
func ExampleFew() {
	const filter = `component = Core AND "Reviewer" = ada`
	fmt.Printf("%q\n", query.Few(filter, query.People{}))
	fmt.Printf("%q\n", query.Few(filter, query.NewPeople("Reviewer")))
	// Output:
	// ""
	// "reviewer"
}
