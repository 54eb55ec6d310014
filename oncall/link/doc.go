// Package link makes and reads the links by which a person answers for a call-out without logging in. It is pure.
//
// Its words: a token stands in an address and names a call-out and an expiry; its seal (HMAC-SHA256 by a key of the
// store) is of these and of the call-out's person, who does not stand in it. The two digits stand in the message
// beside the link: scanners open links, submit forms and press buttons, but type nothing.
//
// The way through it: Sign makes the token of a link, Read reads one back, Digits are what the person types. Who holds
// the key decides what an answer does; opening a link changes nothing.
//
// An example:
//
//	l := link.Link{Callout: 7, Person: "ada", Expires: now.Add(link.Lifetime)}
//	address := "https://jerem.example/oncall/answer/" + link.Sign(key, l)
//	digits := link.Digits(key, l) // "42", in the message and nowhere else
package link
