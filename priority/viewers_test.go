package priority_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"jerem/priority"
)

// TestGiveWay: work waits until the last viewer has the answer, and goes on at once where there is none.
func TestGiveWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var viewers priority.Viewers
		began := time.Now()
		if err := viewers.GiveWay(t.Context()); err != nil || time.Since(began) != 0 {
			t.Errorf("with no viewer work waits for %v: %v", time.Since(began), err)
		}
		for _, takes := range []time.Duration{30 * time.Millisecond, 80 * time.Millisecond} {
			leave := viewers.Enter()
			time.AfterFunc(takes, func() { leave(); leave() }) // who leaves twice has left once
		}
		if err := viewers.GiveWay(t.Context()); err != nil || time.Since(began) != 80*time.Millisecond {
			t.Errorf("work waits for %v, want 80ms: %v", time.Since(began), err)
		}
	})
}

// TestGiveWayAtStart: work that begins with the program lets viewers come, and waits for those who came, ten seconds at
// most.
func TestGiveWayAtStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var viewers priority.Viewers
		began := time.Now()
		time.AfterFunc(50*time.Millisecond, func() { time.AfterFunc(400*time.Millisecond, viewers.Enter()) })
		if err := viewers.GiveWayAtStart(t.Context()); err != nil || time.Since(began) != 450*time.Millisecond {
			t.Errorf("with a viewer work begins after %v: %v", time.Since(began), err)
		}
		time.Sleep(time.Minute) // nothing is owed any more
		began = time.Now()
		time.AfterFunc(3*time.Second, viewers.Enter())
		if err := viewers.GiveWayAtStart(t.Context()); err != nil || time.Since(began) != 3*time.Second {
			t.Errorf("with one who waits for long work begins after %v: %v", time.Since(began), err)
		}
		time.Sleep(time.Second) // no more is owed
		leave := viewers.Enter()
		began = time.Now()
		if err := viewers.GiveWayAtStart(t.Context()); err != nil || time.Since(began) != 10200*time.Millisecond {
			t.Errorf("with one who never leaves work begins after %v: %v", time.Since(began), err)
		}
		leave()
		began = time.Now()
		if err := viewers.GiveWayAtStart(t.Context()); err != nil || time.Since(began) != 200*time.Millisecond {
			t.Errorf("without one it begins after %v: %v", time.Since(began), err)
		}
	})
}

// TestWorkIsNotStarved: with viewers at all times work goes on for half of the time.
func TestWorkIsNotStarved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var viewers priority.Viewers
		defer viewers.Enter()()
		began, waited := time.Now(), time.Duration(0)
		const part = 10 * time.Millisecond
		for range 1000 {
			asked := time.Now()
			if err := viewers.GiveWay(t.Context()); err != nil {
				t.Fatal(err)
			}
			waited += time.Since(asked)
			time.Sleep(part)
		}
		if worked := time.Since(began) - waited; worked != 1000*part || waited < worked-time.Second ||
			waited > worked+time.Second {
			t.Errorf("work of %v waits for %v, want about as long", worked, waited)
		}
	})
}

// TestGiveWayEnds: work that is told to end waits for nobody.
func TestGiveWayEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var viewers priority.Viewers
		defer viewers.Enter()()
		ctx, end := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer end()
		began := time.Now()
		if err := viewers.GiveWay(ctx); err == nil || time.Since(began) != 20*time.Millisecond {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}
