package memlimit

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestOnce: the limit of a command moves with what lives, three tenths above it, until stop is called; who set
// something decides.
func TestOnce(t *testing.T) {
	setNothing(t)
	percent := func() uint64 { return readMetrics("/gc/gogc:percent")[0] }
	stop := Once(30)
	if got := presentLimit(); got != leastOnce || percent() != oncePercent {
		t.Errorf("limit %d, %d percent of garbage with little alive, want %d, %d", got, percent(), int64(leastOnce),
			oncePercent)
	}
	alive := make([]byte, 200<<20) // never touched, so that no memory is taken
	awaitLimit(t, func(limit int64) bool { return limit > 270<<20 && limit < 290<<20 })
	runtime.KeepAlive(alive)
	stop()
	runtime.GC()
	if got := presentLimit(); got != math.MaxInt64 || percent() != 100 {
		t.Errorf("limit %d, %d percent of garbage at the end, want Go's own", got, percent())
	}
	debug.SetGCPercent(200)
	Once(30)()
	if got := percent(); got != 200 {
		t.Errorf("%d percent of garbage where somebody set 200", got)
	}
}

// TestOnceAbove: a command says itself what its limit is while little lives.
func TestOnceAbove(t *testing.T) {
	setNothing(t)
	const least = leastOnce + 20<<20
	defer OnceAbove(least, 30)()
	if got := presentLimit(); got != least {
		t.Errorf("limit %d with little alive, want %d", got, least)
	}
}
