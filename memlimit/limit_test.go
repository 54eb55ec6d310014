package memlimit

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestLimitOf: a fifth more than what lives, and what the runtime takes; no less than the least.
func TestLimitOf(t *testing.T) {
	for live, want := range map[uint64]int64{0: Least, 200 << 20: Least, 500 << 20: 616 << 20, 1000 << 20: 1216 << 20} {
		if got := ofServer.limitOf(live); got>>20 != want>>20 {
			t.Errorf("%d MiB live: limit %d MiB, want %d", live>>20, got>>20, want>>20)
		}
	}
}

// TestFollow: the limit moves with what lives after each collection, and is taken away at the end.
func TestFollow(t *testing.T) {
	setNothing(t)
	stop := Follow()
	if got := presentLimit(); got != Least {
		t.Errorf("limit %d with little alive, want %d", got, int64(Least))
	}
	alive := make([]byte, 600<<20) // never touched, so that no memory is taken
	awaitLimit(t, func(limit int64) bool { return limit > 700<<20 && limit < 800<<20 })
	runtime.KeepAlive(alive)
	awaitLimit(t, func(limit int64) bool { return limit == Least })
	stop()
	runtime.GC()
	if got := presentLimit(); got != math.MaxInt64 {
		t.Errorf("limit %d at the end, want none", got)
	}
}

// TestOthersDecide: where GOGC or GOMEMLIMIT is set nothing is done.
func TestOthersDecide(t *testing.T) {
	setNothing(t)
	debug.SetGCPercent(50)
	Follow()()
	if got := presentLimit(); got != math.MaxInt64 {
		t.Errorf("GOGC is set, and so is the limit: %d", got)
	}
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(300 << 20)
	Follow()()
	if got := presentLimit(); got != 300<<20 {
		t.Errorf("the limit that was set is %d", got)
	}
}

// setNothing has the test begin as a program that is told nothing about its memory: who runs tests may have told it.
func setNothing(t *testing.T) {
	t.Helper()
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

func presentLimit() int64 { return debug.SetMemoryLimit(-1) }

// awaitLimit collects until the limit is right: finalizers run some time after a collection.
func awaitLimit(t *testing.T, right func(int64) bool) {
	t.Helper()
	for range 500 {
		runtime.GC()
		if right(presentLimit()) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("the limit is %d MiB", presentLimit()>>20)
}
