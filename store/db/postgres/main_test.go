package postgres

import (
	"os"
	"testing"

	"jerem/store/db/postgres/pgtest"
	"jerem/testrun"
)

// TestMain runs the tests with little garbage collection and folders in memory, with -short on a server too.
func TestMain(m *testing.M) {
	pgtest.StartInShort()
	os.Exit(testrun.Run(m))
}
