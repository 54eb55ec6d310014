package answers

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

// TestComputationsBound: more questions than may wait are told to come again, and who goes away leaves nothing.
func TestComputationsBound(t *testing.T) {
	c := newComputations()
	hold := make(chan struct{})
	var waiting sync.WaitGroup
	got := make(chan *Answer, atOnce+waitingAtMost)
	for i := range atOnce + waitingAtMost {
		waiting.Go(func() {
			a, release, _ := c.shareAnswer(t.Context(), fmt.Sprint(i),
				func(context.Context) *Answer { <-hold; return &Answer{} })
			got <- a
			release()
		})
	}
	full := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.waiting == waitingAtMost && len(c.slots) == atOnce
	}
	for !full() {
		time.Sleep(time.Millisecond)
	}
	if a, release, err := c.shareAnswer(t.Context(), "one more",
		func(context.Context) *Answer { return &Answer{} }); a != nil || err != nil {
		t.Errorf("%v %v: is computed beyond the bound", a, err)
	} else {
		release()
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, _, err := c.shareAnswer(gone, "0", nil); err == nil {
		t.Error("who went away waits on")
	}
	close(hold)
	waiting.Wait()
	close(got)
	for a := range got {
		if a == nil {
			t.Error("one that may wait is sent away")
		}
	}
	if len(c.running) != 0 {
		t.Errorf("%d questions are left", len(c.running))
	}
}
