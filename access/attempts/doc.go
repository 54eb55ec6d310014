// Package attempts bounds how often an address may try what is wrong: logins, tokens, links of messages, secrets of
// calendars.
//
//	if l.IsUsedUp(address, now) { … } // 429, with the word to wait a minute
//	l.CountFailure(address, now)      // ten at once, then one in six seconds
//
// Only what fails is counted, so that who knows the secret is never slowed down. Of an address that used up its
// attempts nothing is tried that could be guessed; a token is too long for that, and is looked at first. An address is
// one IPv4 address, or the /64 of IPv6 that one customer has ([AddressOf]).
//
// An example: a script tries eleven secrets within a second. Ten are answered as wrong, the eleventh with 429; six
// seconds later one more is answered. At most 10,000 addresses are remembered, those that rested are forgotten first:
// the list bounds memory before it bounds an attacker who has more addresses than that.
package attempts
