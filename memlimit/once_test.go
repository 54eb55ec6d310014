package memlimit

import (
	"runtime/debug"
	"testing"
)

// TestOnce: garbage is collected sooner until stop is called; who set it decides.
func TestOnce(t *testing.T) {
	percent := func() uint64 { return readMetrics("/gc/gogc:percent")[0] }
	stop := Once()
	if got := percent(); got != onceGarbage {
		t.Errorf("%d percent of garbage, want %d", got, onceGarbage)
	}
	stop()
	if got := percent(); got != 100 {
		t.Errorf("%d percent of garbage at the end, want Go's own", got)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(200))
	Once()()
	if got := percent(); got != 200 {
		t.Errorf("%d percent of garbage where somebody set 200", got)
	}
}
