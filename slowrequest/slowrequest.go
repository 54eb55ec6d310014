// Package slowrequest tells in the log of a request that takes long, while it does: whoever watches a first reading or
// a first posting sees what is waited for, and for how long.
//
//	answered := slowrequest.Tell(log, "waiting for an answer of Jira", "place", "/rest/api/3/search/jql")
//	defer answered()
//
// After 25 seconds two lines were written, the second one with for=20s; a request that is answered within ten seconds
// writes none. One that is tried again waits by [Pause].
package slowrequest

import (
	"log/slog"
	"sync"
	"time"
)

// every is how often a request that takes long is told.
const every = 10 * time.Second

// Tell writes a line every ten seconds until the returned function is called, with what is given and how long the
// request has taken. Without a log nothing is told.
func Tell(log *slog.Logger, message string, about ...any) (answered func()) {
	if log == nil {
		return func() {}
	}
	over := make(chan struct{})
	go func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for waited := every; ; waited += every {
			select {
			case <-ticker.C:
				log.With(about...).Info(message, "for", waited)
			case <-over:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(over) })
}
