package answers

import (
	"context"
	"sync"
	"time"
)

// The bounds on the work of all viewers together. A computation beyond atOnce waits; where waitingAtMost wait already,
// or one waited for longest, the viewer is told to come again.
const (
	atOnce        = 4
	waitingAtMost = 64
	waitLongest   = 10 * time.Second
	workLongest   = 2 * time.Minute
)

// computations shares answers among viewers: one question is computed once, however many ask it at once, and
// only so many different questions are computed at a time.
type computations struct {
	mu      sync.Mutex
	running map[string]*computation
	slots   chan struct{}
	waiting int
	made    int // how many computations there were, for tests
}

// computation is one question that is being answered, or whose answer is being sent. It ends with the last viewer who
// waits for it or reads it.
type computation struct {
	done    chan struct{}
	result  *Answer
	viewers int
	cancel  context.CancelFunc
}

func newComputations() *computations {
	return &computations{running: map[string]*computation{}, slots: make(chan struct{}, atOnce)}
}

func (c *computations) countRunning() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.made
}

// shareAnswer returns the answer to a question, computing it where nobody else does. The computation outlives the
// viewer who began it as long as another one waits. The caller calls release when it has sent the answer; the error is
// that of a viewer who went away.
func (c *computations) shareAnswer(ctx context.Context, question string,
	compute func(context.Context) *Answer) (a *Answer, release func(), err error) {
	c.mu.Lock()
	one := c.running[question]
	if one == nil {
		// what the request carries is kept, its end is not: others may wait for the same
		work, cancel := context.WithTimeout(context.WithoutCancel(ctx), workLongest)
		one = &computation{done: make(chan struct{}), cancel: cancel}
		c.running[question] = one
		go c.runComputation(work, one, compute)
	}
	one.viewers++
	c.mu.Unlock()
	release = func() { c.leaveComputation(question, one) }
	select {
	case <-one.done:
		return one.result, release, nil
	case <-ctx.Done():
		release()
		return nil, func() {}, ctx.Err()
	}
}

func (c *computations) leaveComputation(question string, one *computation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one.viewers--
	if one.viewers > 0 {
		return
	}
	one.cancel()
	if c.running[question] == one {
		delete(c.running, question)
	}
}

func (c *computations) runComputation(ctx context.Context, one *computation, compute func(context.Context) *Answer) {
	defer close(one.done)
	if !c.waitForSlot(ctx) {
		return // the result stays nil: too much is asked at once
	}
	defer func() { <-c.slots }()
	one.result = compute(ctx)
}

// waitForSlot waits for a place among the computations; false where there are too many.
func (c *computations) waitForSlot(ctx context.Context) bool {
	c.mu.Lock()
	full := c.waiting >= waitingAtMost
	if !full {
		c.waiting++
	}
	c.mu.Unlock()
	if full {
		return false
	}
	timer := time.NewTimer(waitLongest)
	defer timer.Stop()
	entered := false
	select {
	case c.slots <- struct{}{}:
		entered = true
	case <-timer.C:
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting--
	if entered {
		c.made++
	}
	return entered
}
