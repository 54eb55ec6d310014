package filefault

import (
	"path/filepath"
	"syscall"
)

// least is the room that a file needs to be opened and written, in bytes: less of it is none.
const least = 256 << 10

// isUsedUp tells whether the file system of a file has no room left for this user. What cannot be told is not so.
func isUsedUp(file string) bool {
	var now syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(file), &now); err != nil {
		return false
	}
	return now.Bavail*uint64(now.Bsize) < least
}
