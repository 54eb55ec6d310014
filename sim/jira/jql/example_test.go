package jql_test

import (
	"fmt"

	"jerem/sim/jira/jql"
)

// What the played Jira does not read is refused in the words of Jira.
func ExampleParse() {
	_, err := jql.Parse(`project = K8S AND status WAS done`)
	fmt.Println(err)
	// Output:
	// Error in the JQL Query: Expecting operator but got 'WAS'. (line 1, character 26)
}
