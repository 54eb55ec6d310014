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

// TestLimitAtStart: while a server loads, nothing is collected below 256 MiB, what lives may double above it, and the
// limit is never above that of a server.
func TestLimitAtStart(t *testing.T) {
	for live, want := range map[uint64]int64{0: 256, 100 << 20: 256, 130 << 20: 275, 200 << 20: 416,
		300 << 20: 512, 500 << 20: 616} {
		if got := limitAtStart(live); got>>20 != want {
			t.Errorf("%d MiB live: limit %d MiB, want %d", live>>20, got>>20, want)
		}
	}
}

// TestSettle: a server leaves more garbage until it settles, and collects by Go's own rule from then on.
func TestSettle(t *testing.T) {
	setNothing(t)
	percent := func() int64 { return int64(readMetrics("/gc/gogc:percent")[0]) }
	settle, stop := Follow()
	if got := presentLimit(); got != leastAtStart || percent() != noPercent {
		t.Errorf("limit %d MiB, %d percent of garbage at the start", got>>20, percent())
	}
	settle()
	if got := presentLimit(); got != Least || percent() != 100 {
		t.Errorf("limit %d MiB, %d percent of garbage after it", got>>20, percent())
	}
	stop()
	debug.SetGCPercent(70) // by somebody else, later
	settle()
	if got := presentLimit(); got != math.MaxInt64 || percent() != 70 {
		t.Errorf("limit %d MiB, %d percent of garbage at the end", got>>20, percent())
	}
}

// TestFollow: the limit moves with what lives after each collection, and is taken away at the end.
func TestFollow(t *testing.T) {
	setNothing(t)
	settle, stop := Follow()
	settle()
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
	followAndStop()
	if got := presentLimit(); got != math.MaxInt64 {
		t.Errorf("GOGC is set, and so is the limit: %d", got)
	}
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(300 << 20)
	followAndStop()
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

func followAndStop() {
	_, stop := Follow()
	stop()
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
