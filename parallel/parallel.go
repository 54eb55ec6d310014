package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do with every number from 0 to count-1, in any order and several at once, and returns when all are done.
// Where one of them panics, Each does.
func Each(count int, do func(n int)) {
	workers := min(runtime.GOMAXPROCS(0), count)
	if workers < 2 {
		for n := range count {
			do(n)
		}
		return
	}
	var next atomic.Int64
	waits := make([]func() struct{}, workers)
	for w := range waits {
		waits[w] = Start(func() struct{} {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				do(n)
			}
			return struct{}{}
		})
	}
	for _, wait := range waits {
		wait()
	}
}

// Start begins a computation beside what its caller does. The function that it returns waits for the value; where the
// computation panicked, it does.
func Start[V any](compute func() V) (wait func() V) {
	var value V
	var fault any
	var done sync.WaitGroup
	done.Go(func() {
		defer func() { fault = recover() }()
		value = compute()
	})
	return func() V {
		done.Wait()
		if fault != nil {
			panic(fault)
		}
		return value
	}
}
