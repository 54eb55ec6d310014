// Package attempts bounds how often an address may try what is wrong: logins, tokens, links of messages, secrets of
// calendars.
//
//	if l.IsUsedUp(address, now) { … } // 429, with the word to wait a minute
//	l.CountFailure(address, now)      // ten at once, then one in six seconds
//
// Only what fails is counted, so that who knows the secret is never slowed down; but of an address that used up its
// attempts nothing is tried, for a right guess among many is a guess. An address is one IPv4 address, or the /64 of
// IPv6 that one customer has ([AddressOf]).
//
// An example: a script tries eleven tokens within a second. Ten are answered as wrong, the eleventh is not looked at;
// six seconds later one more is. At most 10,000 addresses are remembered, those that rested are forgotten first: the
// list bounds memory before it bounds an attacker who has more addresses than that.
package attempts
