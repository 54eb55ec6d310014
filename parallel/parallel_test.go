package parallel_test

import (
	"sync/atomic"
	"testing"

	"jerem/parallel"
)

// TestEach: every number is done once, whatever the number of processors.
func TestEach(t *testing.T) {
	for _, count := range []int{0, 1, 2, 1000} {
		times := make([]atomic.Int32, count)
		parallel.Each(count, func(n int) { times[n].Add(1) })
		for n := range times {
			if times[n].Load() != 1 {
				t.Errorf("of %d, %d was done %d times", count, n, times[n].Load())
			}
		}
	}
}

// TestStart: a value is computed beside who goes on, and once for all who wait.
func TestStart(t *testing.T) {
	goOn, computed := make(chan struct{}), 0
	wait := parallel.Start(func() int {
		<-goOn
		computed++
		return 7
	})
	close(goOn)
	if first, second := wait(), wait(); first != 7 || second != 7 || computed != 1 {
		t.Errorf("%d and %d, computed %d times", first, second, computed)
	}
}

// TestFaults: who waits for a part that panics recovers from it as from a fault of his own.
func TestFaults(t *testing.T) {
	faultOf := func(do func()) (fault any) {
		defer func() { fault = recover() }()
		do()
		return nil
	}
	fail := func(n int) {
		if n == 3 {
			panic("a fault")
		}
	}
	for _, count := range []int{4, 1000} {
		if fault := faultOf(func() { parallel.Each(count, fail) }); fault != "a fault" {
			t.Errorf("of %d: %v", count, fault)
		}
	}
	wait := parallel.Start(func() bool { panic("a fault") })
	if fault := faultOf(func() { wait() }); fault != "a fault" {
		t.Errorf("%v", fault)
	}
}
