package testrun

import (
	"flag"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
)

// What garbage and memory may be: collecting it was a quarter of the time of tests. The limit is far above what they
// hold: a process that comes near it does nothing but collect.
const (
	garbagePercent = 400
	memoryLimit    = 3 << 30 // bytes; beyond it garbage is collected as often as needed, and tests hold up to one GiB
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
