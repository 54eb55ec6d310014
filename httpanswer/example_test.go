package httpanswer_test

import (
	"fmt"

	"jerem/httpanswer"
)

// Three answers of status 200: a login, a webhook that failed, and what was asked for.
func Example() {
	for _, body := range []string{"<!DOCTYPE html><title>Log in</title>", `{"success":false}`, `{"ok":true}`} {
		switch {
		case httpanswer.IsPage([]byte(body)):
			fmt.Println("a page")
		case httpanswer.TellsFailure([]byte(body)):
			fmt.Println("a failure")
		default:
			fmt.Println("an answer")
		}
	}
	// Output:
	// a page
	// a failure
	// an answer
}
