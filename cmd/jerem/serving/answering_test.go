package serving

import (
	"testing"
	"testing/synctest"
	"time"

	"jerem/priority"
)

// TestWhileAnswering: work gives way from the beginning of an answer to its end, which is told when nobody waits any
// more.
func TestWhileAnswering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		viewers, ends := &priority.Viewers{}, 0
		waits := func() time.Duration {
			began := time.Now()
			if err := viewers.GiveWay(t.Context()); err != nil {
				t.Fatal(err)
			}
			return time.Since(began)
		}
		end := whileAnswering(viewers, func() {
			ends++
			time.Sleep(time.Minute) // after which work owes no time
			if waited := waits(); waited != 0 {
				t.Errorf("when the end is told work waits for %v", waited)
			}
		})()
		if waited := waits(); waited == 0 || ends != 0 {
			t.Errorf("while an answer is made work waits for %v, and %d ends are told", waited, ends)
		}
		end()
		if ends != 1 {
			t.Errorf("%d ends are told", ends)
		}
	})
}
