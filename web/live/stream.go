package live

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// The bounds on streams: how many there are at once, how long one lasts, how often the state is asked for where nobody
// tells that it changed and where somebody does, how often the way is kept open, and how long a viewer may take for an
// event.
const (
	StreamsAtOnce = 64
	streamLongest = time.Hour
	watchEvery    = time.Second
	doubtEvery    = 15 * time.Second
	aliveEvery    = 15 * time.Second
	sendLongest   = 10 * time.Second
	retryAfter    = 5 * time.Second
)

// Streams tells those who listen which state is known. It is safe for concurrent use.
type Streams struct {
	state     func(context.Context) (string, error)
	busy      http.HandlerFunc
	ended     <-chan struct{}        // closed when the program ends; nil for never
	nextState func() <-chan struct{} // what is closed when the state may be another one; nil where nobody tells
	every     time.Duration
	places    *Places

	mu        sync.Mutex
	listeners int
	known     string
	changed   chan struct{} // closed when another state is known
	stop      context.CancelFunc
	asked     int // how often the state was asked for, for tests
}

// New returns streams of a state that take some of the places; busy answers who finds none. nextState returns what is
// closed when the state may be another one; it may be nil.
func New(places *Places, state func(context.Context) (string, error), busy http.HandlerFunc, ended <-chan struct{},
	nextState func() <-chan struct{}) *Streams {
	every := watchEvery
	if nextState != nil {
		every = doubtEvery
	} else {
		nextState = func() <-chan struct{} { return nil }
	}
	return &Streams{places: places, state: state, busy: busy, ended: ended, nextState: nextState, every: every,
		changed: make(chan struct{})}
}

// ServeHTTP sends the known state, and each one that follows, until the viewer goes away or their place is another's.
func (s *Streams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	lasting, leave, ok := s.places.take(r.Context(), viewerOf(r))
	if !ok {
		s.busy(w, r)
		return
	}
	defer leave()
	s.addListener(r.Context())
	defer s.removeListener()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy that gathers answers would keep the events back
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	out := sender{w, http.NewResponseController(w)}
	if out.sendEvent(fmt.Sprintf("retry: %d\n\n", retryAfter.Milliseconds())) != nil {
		return
	}
	s.followReadings(lasting, out)
}

// followReadings sends states until the viewer goes away, the stream has lasted for long, or the program ends.
func (s *Streams) followReadings(ctx context.Context, out sender) {
	alive, longest := time.NewTicker(aliveEvery), time.NewTimer(streamLongest)
	defer alive.Stop()
	defer longest.Stop()
	sent := ""
	for {
		known, changed := s.currentState()
		text := ": alive\n\n"
		if known != sent {
			text, sent = "event: known\ndata: "+known+"\n\n", known
		}
		if out.sendEvent(text) != nil {
			return
		}
		select {
		case <-changed:
		case <-alive.C:
		case <-longest.C:
			return
		case <-s.ended:
			return
		case <-ctx.Done():
			return
		}
	}
}

// sender sends pieces of a stream, each within a time.
type sender struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func (s sender) sendEvent(text string) error {
	_ = s.control.SetWriteDeadline(time.Now().Add(sendLongest)) // a recorder of tests has none
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}

// addListener counts a listener in, the first one with the state as it is.
func (s *Streams) addListener(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners++
	if s.listeners == 1 {
		next := s.nextState()
		s.asked++
		if known, err := s.state(ctx); err == nil {
			s.known = known
		}
		watching, stop := context.WithCancel(context.WithoutCancel(ctx))
		s.stop = stop
		go s.watchState(watching, next)
	}
}

// removeListener counts a listener out; with the last one the watcher ends.
func (s *Streams) removeListener() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners--
	if s.listeners == 0 {
		s.stop()
	}
}

// currentState returns the known state, and what is closed when another one is.
func (s *Streams) currentState() (known string, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known, s.changed
}

// watchState asks for the state when it may be another one, while somebody listens; next is closed when it may be
// first. A state that cannot be told is not new.
func (s *Streams) watchState(ctx context.Context, next <-chan struct{}) {
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next:
		case <-tick.C:
		}
		next = s.nextState() // before it is asked: what changes from now on is told by it
		known, err := s.state(ctx)
		s.mu.Lock()
		s.asked++
		if err == nil && known != s.known && ctx.Err() == nil {
			s.known = known
			close(s.changed)
			s.changed = make(chan struct{})
		}
		s.mu.Unlock()
	}
}
