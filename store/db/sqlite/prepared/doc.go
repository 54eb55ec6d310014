// Package prepared keeps statements of SQLite prepared in their connection, from one transaction to the next: to
// prepare one costs more than to execute it.
//
//	opened, err := driver.Open(address)
//	conn := prepared.Keep(opened.(prepared.DriverConn)) // a driver.Conn for database/sql
//
// Package database/sql prepares a statement for a transaction and closes it at the transaction's end. Here closing ends
// the use and nothing else: the next transaction that prepares the same text on the same connection gets what is kept.
// A text that is in use, as by two loops over rows at once, is prepared a second time for the second user and closed by
// it. A connection keeps 400 statements; the store has fewer, and what comes beyond is prepared as ever.
//
// An example: a reading that keeps 10,000 issues in chunks of a thousand executes ten transactions and prepares each of
// its statements once.
package prepared
