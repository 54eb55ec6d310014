package scrub_test

import (
	"fmt"

	"jerem/scrub"
)

// A message loses every piece of a secret, an answer the whole ones alone.
func Example() {
	s := scrub.New(scrub.Login{Token: "very-secret-token"})
	fmt.Println(s.Message("got very-secret-token"))
	fmt.Println(s.Message("cut: very-secr"))
	fmt.Println(string(s.Answer([]byte(`["\u0076ery-secret-token","very"]`))))
	// Output:
	// got …
	// cut: …
	// ["…","very"]
}
