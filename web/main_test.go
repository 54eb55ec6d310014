package web

import (
	"runtime/debug"
	"testing"
)

// TestMain has garbage collected more seldom: what these tests hold is small, and collecting it was a quarter of their
// time. Under a limit of memory it is collected as often as needed.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	m.Run()
}
