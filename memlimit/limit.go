package memlimit

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Least is the least limit of a server, in bytes.
const Least = 512 << 20

// beside is what the runtime takes beside the heap, in bytes: stacks, and what it notes of each page.
const beside = 16 << 20

// rule says what the soft limit is by what lives.
type rule struct {
	least   int64
	garbage int64 // beside what lives, in percent
}

var ofServer = rule{Least, 20}

// leastAtStart is what a server takes while it loads what it shows before anything is collected, in bytes: what is
// loaded lives, so that a collection finds little. Above it what lives may double, as by Go's own rule.
const leastAtStart = 256 << 20

// noPercent has garbage collected by the limit alone. By any percentage it would be collected at some 16 MiB too, for
// next to nothing lives then.
const noPercent = -1

// limitAtStart is the soft limit while a server loads what it shows.
func limitAtStart(live uint64) int64 {
	return min(rule{leastAtStart, 100}.limitOf(live), ofServer.limitOf(live))
}

// limitOf returns the soft limit while so many bytes live.
func (r rule) limitOf(live uint64) int64 { return max(r.least, int64(live)/100*(100+r.garbage)+beside) }

// Follow has the soft limit follow what lives until stop is called, which takes it away again. A server begins with
// loading what it shows: until settle is called garbage is collected less often while little is taken.
func Follow() (settle, stop func()) {
	if !isOurs() {
		return func() {}, func() {}
	}
	debug.SetGCPercent(noPercent)
	f := followBy(limitAtStart)
	settle = sync.OnceFunc(func() {
		f.setRule(ofServer.limitOf)
		debug.SetGCPercent(100) // as it was: see isOurs
	})
	return settle, func() {
		settle()
		f.stop()
	}
}

// followLive has the soft limit follow what lives.
func (r rule) followLive() (stop func()) { return followBy(r.limitOf).stop }

func followBy(limitOf func(live uint64) int64) *follower {
	f := &follower{limitOf: limitOf}
	f.setLimit()
	f.awaitCollection()
	return f
}

// isOurs tells whether nobody else set how much memory may be taken.
func isOurs() bool {
	told := readMetrics("/gc/gogc:percent", "/gc/gomemlimit:bytes")
	return told[0] == 100 && told[1] == math.MaxInt64
}

func readMetrics(names ...string) []uint64 {
	samples, values := make([]metrics.Sample, len(names)), make([]uint64, len(names))
	for n, name := range names {
		samples[n].Name = name
	}
	metrics.Read(samples)
	for n := range samples {
		values[n] = samples[n].Value.Uint64()
	}
	return values
}

// follower sets the limit after each collection.
type follower struct {
	mu      sync.Mutex
	limitOf func(live uint64) int64
	stopped bool
}

// collected is garbage at once: when it is collected, so is everything else.
type collected struct{ _ [16]byte }

// awaitCollection sets the limit after the next collection, and awaits the one after it.
func (f *follower) awaitCollection() {
	runtime.SetFinalizer(&collected{}, func(*collected) {
		if f.setLimit() {
			f.awaitCollection()
		}
	})
}

// setLimit sets the limit by what lived at the last collection; false where it is followed no more.
func (f *follower) setLimit() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.stopped {
		debug.SetMemoryLimit(f.limitOf(readMetrics("/gc/heap/live:bytes")[0]))
	}
	return !f.stopped
}

// setRule has the limit follow by another rule.
func (f *follower) setRule(limitOf func(live uint64) int64) {
	f.mu.Lock()
	f.limitOf = limitOf
	f.mu.Unlock()
	f.setLimit()
}

func (f *follower) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
	debug.SetMemoryLimit(math.MaxInt64)
}
