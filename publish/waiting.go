package publish

import (
	"sync"
	"time"
)

// tellEvery is how often a request that takes long is told.
const tellEvery = 10 * time.Second

// tellWaiting writes a line every ten seconds until the returned function is called.
func (d *Delivery) tellWaiting(points int) (answered func()) {
	if d.Log == nil {
		return func() {}
	}
	over := make(chan struct{})
	go func() {
		ticker := time.NewTicker(tellEvery)
		defer ticker.Stop()
		for waited := tellEvery; ; waited += tellEvery {
			select {
			case <-ticker.C:
				d.Log.Info("waiting for a sink to take points", "sink", d.Sink.Name(), "points", points, "for", waited)
			case <-over:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(over) })
}
