package link_test

import (
	"fmt"
	"time"

	"jerem/oncall/link"
)

// A link that was sent is read back with its person, whose name does not stand in it.
func Example() {
	key := link.NewKey()
	now := time.Date(2026, time.November, 23, 3, 0, 0, 0, time.UTC)
	sent := link.Link{Callout: 7, Person: "ada", Expires: now.Add(link.Lifetime)}
	token := link.Sign(key, sent)
	personOf := func(int64) string { return "ada" }
	read, err := link.Read(key, token, personOf, now.Add(time.Hour))
	fmt.Println(read.Callout, read.Person, err)
	fmt.Println(link.Digits(key, read) == link.Digits(key, sent), len(link.Digits(key, sent)))
	_, err = link.Read(key, token, personOf, sent.Expires.Add(time.Second))
	fmt.Println(err != nil)
	// Output:
	// 7 ada <nil>
	// true 2
	// true
}
