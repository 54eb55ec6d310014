package memlimit

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestIdle: garbage is collected a while after the last answer, once, where enough of it stands; never while answers
// are given, and never after the end.
func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var share atomic.Value // a float64
		var collected atomic.Int64
		share.Store(0.9)
		idle := &Idle{
			share:   func() float64 { return share.Load().(float64) },
			collect: func() { collected.Add(1); share.Store(0.0) },
		}
		wait := func(pause time.Duration, want int64, when string) {
			t.Helper()
			time.Sleep(pause)
			synctest.Wait()
			if now := collected.Load(); now != want {
				t.Errorf("%s %d collections, want %d", when, now, want)
			}
		}
		wait(time.Minute, 0, "before anybody asked")
		for range 10 {
			idle.Answered()
			wait(idlePause/2, 0, "while answers are given")
		}
		wait(time.Minute, 1, "after the last answer")
		idle.Answered()
		wait(time.Minute, 1, "with little garbage")
		share.Store(idleShare)
		wait(time.Minute, 1, "with nobody there")
		idle.Answered()
		wait(idlePause, 2, "after one more answer")
		share.Store(1.0)
		idle.Answered()
		idle.Stop()
		idle.Answered()
		wait(time.Minute, 2, "after the end")
	})
}

// TestIdleHoldsNobody: who is answered while garbage is collected does not wait for it.
func TestIdleHoldsNobody(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	idle := &Idle{share: func() float64 { return 1 }, collect: func() { close(begun); <-end }}
	go idle.look()
	<-begun
	idle.Answered()
	idle.Stop()
	close(end)
}

// TestGarbageShare: what was allocated since the last collection is told, and is none after one.
func TestGarbageShare(t *testing.T) {
	setNothing(t)
	alive := make([]byte, 64<<20) // never touched; the next collection is far
	runtime.GC()
	before := garbageShare()
	garbage := make([]byte, 32<<20)
	runtime.KeepAlive(garbage)
	after := garbageShare()
	runtime.KeepAlive(alive)
	if before > 0.1 || after < 0.3 || after > 0.7 {
		t.Errorf("a share of %.2f, and of %.2f with half of what may stand, want about 0 and 0.5", before, after)
	}
}

// TestIdleLeavesOthers: where GOGC is set nothing is collected beside it.
func TestIdleLeavesOthers(t *testing.T) {
	setNothing(t)
	debug.SetGCPercent(50)
	if idle := CollectIdle(); !idle.stopped {
		t.Error("GOGC is set, and it collects")
	}
	debug.SetGCPercent(100)
	idle := CollectIdle()
	defer idle.Stop()
	if idle.stopped {
		t.Error("nothing is set, and it does not collect")
	}
}
