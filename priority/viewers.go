package priority

import (
	"context"
	"sync"
	"time"
)

// longestWait is how long work waits at most for viewers at a time, longestAtStart for those who come with the start of
// the program: the page of a team of 100,000 issues takes them seconds then.
const longestWait, longestAtStart = time.Second, 10 * time.Second

// Viewers are those who wait for an answer. The zero value is nobody; it is safe for concurrent use.
type Viewers struct {
	mu      sync.Mutex
	waiting int
	left    chan struct{} // closed when nobody waits any more; nil while nobody does
	owed    time.Time     // until then work gives way to nobody
}

// Enter notes that a viewer waits for an answer until leave is called.
func (v *Viewers) Enter() (leave func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.waiting == 0 {
		v.left = make(chan struct{})
	}
	v.waiting++
	return sync.OnceFunc(v.leave)
}

func (v *Viewers) leave() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.waiting--
	if v.waiting == 0 {
		close(v.left)
		v.left = nil
	}
}

// GiveWay waits while viewers wait, a second at most, and returns the error of a context that ended. For as long as it
// waited, no work gives way again.
func (v *Viewers) GiveWay(ctx context.Context) error { return v.giveWay(ctx, longestWait) }

func (v *Viewers) giveWay(ctx context.Context, atMost time.Duration) error {
	began := time.Now()
	left := v.leftAfter(began)
	if left == nil {
		return ctx.Err()
	}
	longest := time.NewTimer(atMost)
	defer longest.Stop()
	select {
	case <-left:
	case <-longest.C:
	case <-ctx.Done():
	}
	now := time.Now()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.owed = now.Add(min(now.Sub(began), longestWait))
	return ctx.Err()
}

// startPause is how long viewers who come with the start of the program take until they are there.
const startPause = 200 * time.Millisecond

// GiveWayAtStart waits a moment for viewers who come with the start of the program, as pages that were open do, and
// gives way to them, ten seconds at most. The error is that of a context that ended.
func (v *Viewers) GiveWayAtStart(ctx context.Context) error {
	pause := time.NewTimer(startPause)
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-ctx.Done():
	}
	return v.giveWay(ctx, longestAtStart)
}

// leftAfter returns what is closed when nobody waits any more; nil where work goes on at once.
func (v *Viewers) leftAfter(now time.Time) <-chan struct{} {
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Before(v.owed) {
		return nil
	}
	return v.left
}
