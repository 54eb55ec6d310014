//go:build !linux

package filefault

// isUsedUp cannot be told here.
func isUsedUp(string) bool { return false }
