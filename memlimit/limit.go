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

// limitOf returns the soft limit while so many bytes live.
func (r rule) limitOf(live uint64) int64 { return max(r.least, int64(live)/100*(100+r.garbage)+beside) }

// Follow has the soft limit follow what lives until stop is called, which takes it away again.
func Follow() (stop func()) {
	if !isOurs() {
		return func() {}
	}
	return ofServer.followLive()
}

// followLive has the soft limit follow what lives.
func (r rule) followLive() (stop func()) {
	f := &follower{rule: r}
	f.setLimit()
	f.awaitCollection()
	return f.stop
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
	rule    rule
	mu      sync.Mutex
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
		debug.SetMemoryLimit(f.rule.limitOf(readMetrics("/gc/heap/live:bytes")[0]))
	}
	return !f.stopped
}

func (f *follower) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
	debug.SetMemoryLimit(math.MaxInt64)
}
