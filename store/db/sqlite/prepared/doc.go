// Package prepared keeps statements of SQLite prepared in their connection, from one transaction to the next: to
// prepare one costs more than to execute it.
//
//	opened, err := driver.Open(address)
//	conn := prepared.Keep(opened.(prepared.DriverConn)) // a driver.Conn for database/sql
package prepared
