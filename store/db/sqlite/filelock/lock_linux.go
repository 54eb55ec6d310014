package filelock

import (
	"io"
	"os"
	"syscall"
)

const (
	setOpenFileLock = 37 // F_OFD_SETLK of fcntl(2)
	// lockedByte lies far beyond what SQLite locks (from 1 GiB on) and beyond any file.
	lockedByte = 1 << 60
)

// lockFile locks an open file against every other opening of it, by whatever name.
func lockFile(file *os.File) error {
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: lockedByte, Len: 1}
	return syscall.FcntlFlock(file.Fd(), setOpenFileLock, &lock)
}
