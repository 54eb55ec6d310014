package testrun

import (
	"flag"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
)

// What garbage and memory may be: tests hold little, and collecting it was a quarter of their time.
const (
	garbagePercent = 400
	memoryLimit    = 1 << 30 // bytes; beyond it garbage is collected as often as needed
)

// testsPerProcessor is how many parallel tests run at a time on each processor: half of their time they wait for a
// server, a clock or a file.
const testsPerProcessor = 2

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
	raiseParallel()
	return m.Run()
}

// raiseParallel has more parallel tests run at a time, unless whoever runs them said how many.
func raiseParallel() {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		// The flag exists in each test binary and takes any number above zero.
		_ = flag.Set("test.parallel", strconv.Itoa(testsPerProcessor*runtime.GOMAXPROCS(0)))
	}
}
