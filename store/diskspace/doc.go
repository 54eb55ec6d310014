// Package diskspace tells whether there is room where a file stands. SQLite says of a full disk that its disk fails
// where the memory of the file that it shares between processes cannot grow: who is told so looks for a broken disk.
//
//	if diskspace.IsUsedUp("/var/lib/jerem/jerem.db") { … } // "the disk is full: make room"
package diskspace
