// Package attempts bounds how often an address may try what is wrong: logins, tokens, links of messages, secrets of
// calendars.
//
//	if l.IsUsedUp(address, now) { … } // 429, with the word to wait a minute
//	l.CountFailure(address, now)      // ten at once, then one in six seconds
package attempts
