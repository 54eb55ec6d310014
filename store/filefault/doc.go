// Package filefault tells what is the matter with a file that SQLite cannot read or write, in the same words for every
// file that is kept: the store, what on-call keeps, logins and tokens.
//
// Its word: a kind is what a person would do about it: make room, look at the disk, mend rights, wait. The remedies
// hold for whoever asked: a command, which is given again, and a server, which tries again by itself.
//
//	filefault.ProblemOf("store jerem.db", "jerem.db", err) // store jerem.db: the disk is full (Make room; …)
package filefault
