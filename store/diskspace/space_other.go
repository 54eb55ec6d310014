//go:build !linux

package diskspace

// IsUsedUp cannot be told here.
func IsUsedUp(string) bool { return false }
