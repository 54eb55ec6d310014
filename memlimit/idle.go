package memlimit

import (
	"runtime"
	"sync"
	"time"
)

const (
	// idlePause is how long nobody was answered before garbage is collected: what is made beside answers mostly ends
	// meanwhile.
	idlePause = time.Second
	// idleShare is from which share of the garbage that Go lets stand on it is worth it.
	idleShare = 0.25
)

// Idle collects garbage while nobody waits for an answer, so that it is seldom due while somebody does: a collection
// reads all that lives, beside the answer and on the same processors.
type Idle struct {
	share   func() float64 // of the garbage that may stand, what stands
	collect func()
	mu      sync.Mutex
	timer   *time.Timer // runs while an answer was given since the last look
	stopped bool
}

// CollectIdle begins to collect a while after answers, until [Idle.Stop]. Where GOGC is set nothing is done.
func CollectIdle() *Idle {
	return &Idle{share: garbageShare, collect: runtime.GC, stopped: readMetrics("/gc/gogc:percent")[0] != 100}
}

// Answered notes that somebody was answered just now.
func (i *Idle) Answered() {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case i.stopped:
	case i.timer == nil:
		i.timer = time.AfterFunc(idlePause, i.look)
	default:
		i.timer.Reset(idlePause)
	}
}

// look collects where it is worth it. Who is answered meanwhile does not wait for it.
func (i *Idle) look() {
	i.mu.Lock()
	stopped := i.stopped
	i.mu.Unlock()
	if !stopped && i.share() >= idleShare {
		i.collect()
	}
}

// Stop ends it: nothing is collected from then on.
func (i *Idle) Stop() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.stopped = true
	if i.timer != nil {
		i.timer.Stop()
	}
}

// garbageShare tells how much was allocated since the last collection, beside what may be until the next one.
func garbageShare() float64 {
	told := readMetrics("/memory/classes/heap/objects:bytes", "/gc/heap/live:bytes", "/gc/heap/goal:bytes")
	stands, live, goal := float64(told[0]), float64(told[1]), float64(told[2])
	if goal <= live {
		return 1
	}
	return (stands - live) / (goal - live)
}
