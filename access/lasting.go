package access

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// askAgainEvery is how often it is asked whether a login or a token still stands: another process may have ended it.
const askAgainEvery = 2 * time.Second

// WhileAdmitted returns a request that was let in, with a context that ends once what let it in stands no more: with
// its session, at once where that ends here, and with its token, when that is revoked or its time is over. A long
// answer goes by it. Whom a proxy names is told with the request alone, so that nothing ends it. stop is called when it
// was answered.
func (g *Gate) WhileAdmitted(r *http.Request) (lasting *http.Request, stop context.CancelFunc) {
	ctx, stop := context.WithCancel(r.Context())
	lasting = r.WithContext(ctx)
	go stopWithLogin(g, lasting, stop)
	return lasting, stop
}

// stopWithLogin stops a request once what let it in stands no more, or cannot be looked up: at the moment at which its
// time is over.
func stopWithLogin(g *Gate, r *http.Request, stop context.CancelFunc) {
	again := time.NewTimer(0)
	defer again.Stop()
	for {
		ended := g.endings.nextEnding() // before it is asked: what ends from now on is told by it
		until, stands := stillAdmits(g, r)
		if !stands {
			stop()
			return
		}
		again.Reset(askAgainAfter(g.Now(), until))
		select {
		case <-r.Context().Done():
			return
		case <-ended:
		case <-again.C:
		}
	}
}

// askAgainAfter is how long what stands until a moment, the zero time for as long as nobody ends it, is taken to stand.
func askAgainAfter(now, until time.Time) time.Duration {
	if until.IsZero() {
		return askAgainEvery
	}
	return min(askAgainEvery, until.Sub(now))
}

// stillAdmits tells whether the token or the session of a request that was let in still stands, and until when it does
// unless somebody ends it; the zero time for ever. Unlike Identify it counts no attempt.
func stillAdmits(g *Gate, r *http.Request) (until time.Time, stands bool) {
	if text, carried := bearerToken(r); carried && g.Tokens != nil {
		token, found, err := g.Tokens.TokenByHash(r.Context(), hashOf(text))
		return token.Expires, err == nil && found && !token.Expired(g.Now())
	}
	if g.Mode != ByLogin {
		return time.Time{}, true
	}
	until, found, err := g.sessions.standUntil(r)
	return until, err == nil && found && g.Now().Before(until)
}

// endings tells all who wait that a session ended here. The zero value is ready.
type endings struct {
	mu    sync.Mutex
	ended chan struct{}
}

// nextEnding returns what is closed when the next session ends.
func (e *endings) nextEnding() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended == nil {
		e.ended = make(chan struct{})
	}
	return e.ended
}

// announceEnding tells that a session ended.
func (e *endings) announceEnding() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended != nil {
		close(e.ended)
		e.ended = nil
	}
}
