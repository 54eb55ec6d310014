package transport

import (
	"log/slog"
	"sync"
	"time"
)

// tellWaiting writes a line every ten seconds until the returned function is called: one request that takes long, or
// whose answer does, is told as a long list is.
func tellWaiting(log *slog.Logger, place string) (answered func()) {
	over := make(chan struct{})
	go func() {
		ticker := time.NewTicker(tellEvery)
		defer ticker.Stop()
		for waited := tellEvery; ; waited += tellEvery {
			select {
			case <-ticker.C:
				log.Info("waiting for an answer of Jira", "place", place, "for", waited)
			case <-over:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(over) })
}
