package oncall

import (
	"os"
	"testing"

	"jerem/testrun"
)

// TestMain runs the tests with little garbage collection and folders in memory.
func TestMain(m *testing.M) {
	os.Exit(testrun.Run(m))
}
