// Package filelock keeps two processes from writing one file of SQLite. The lock stands on the file itself, by whatever
// name it is reached, and ends with the process, however that ends. A file beside it, PATH.lock, tells which process
// holds the lock, and keeps versions of the program out that lock nothing else.
//
//	lock, err := filelock.Take("jerem.db")
//	if err != nil {
//		return err // store jerem.db: another jerem writes it: process 4711
//	}
//	defer lock.Release()
//	err = lock.CheckPresent() // the file is still what stands at its path
package filelock
