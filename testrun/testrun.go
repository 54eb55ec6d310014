package testrun

import (
	"os"
	"runtime/debug"
	"testing"
)

// What garbage and memory may be: tests hold little, and collecting it was a quarter of their time.
const (
	garbagePercent = 400
	memoryLimit    = 1 << 30 // bytes; beyond it garbage is collected as often as needed
)

// memoryFolder is a folder in memory, where the system has one.
const memoryFolder = "/dev/shm"

// Run runs the tests of a package and returns the code to exit with.
func Run(m *testing.M) int {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(memoryLimit)
	if probe, err := os.CreateTemp(memoryFolder, "jerem-test-"); err == nil {
		probe.Close()
		os.Remove(probe.Name())
		os.Setenv("TMPDIR", memoryFolder) // a store waits for the disk at each write, and these tests write much
	}
	return m.Run()
}
