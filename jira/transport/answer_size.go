package transport

import (
	"sync"
	"time"
)

// largeAnswer is from which size on it is remembered how large the answers of an endpoint are.
const largeAnswer = 1 << 20

// answerSizes are the sizes of the last large answers by endpoint. The next one is mostly as large: the memory for it
// is taken at once, which doubling it step by step takes twice, with a copy each time. It is safe for concurrent use;
// the zero value is ready.
type answerSizes struct {
	mu         sync.Mutex
	byEndpoint map[string]int
}

// expectSize returns how much memory an answer of an endpoint takes, with some room; 0 where it is not known to be
// large.
func (s *answerSizes) expectSize(endpoint string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.byEndpoint[endpoint]
	return last + last/8
}

// noteSize keeps the size of an answer. A small one says that the next one may be small too.
func (s *answerSizes) noteSize(endpoint string, size int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if size < largeAnswer {
		delete(s.byEndpoint, endpoint)
		return
	}
	if s.byEndpoint == nil {
		s.byEndpoint = map[string]int{}
	}
	s.byEndpoint[endpoint] = size
}

const (
	// mostReused is the size up to which the memory of an answer is held for the next one.
	mostReused = 32 << 20
	// reuseFor is how long it is held after a large answer: while one is asked for after the other.
	reuseFor = 10 * time.Second
)

// answerBuffers holds the memory of the last answer for the next one: a reading asks for one large answer after the
// other. What collects garbage lets it alone for as long as that lasts. It is safe for concurrent use; the zero value
// is ready.
type answerBuffers struct {
	mu    sync.Mutex
	free  *answerBuffer
	letGo *time.Timer // stops holding it
}

// takeBuffer returns a buffer that nobody else reads into.
func (s *answerBuffers) takeBuffer() *answerBuffer {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.free
	s.free = nil
	if b == nil {
		return &answerBuffer{}
	}
	return b
}

// releaseBuffer gives a buffer back. Nothing of what was read into it may be used any more.
func (s *answerBuffers) releaseBuffer(b *answerBuffer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cap(b.text) > mostReused || s.free != nil && cap(s.free.text) >= cap(b.text) {
		return
	}
	s.free = b
	switch {
	case len(b.text) < largeAnswer:
	case s.letGo == nil:
		s.letGo = time.AfterFunc(reuseFor, s.forgetBuffer)
	default:
		s.letGo.Reset(reuseFor)
	}
}

// forgetBuffer lets the memory go.
func (s *answerBuffers) forgetBuffer() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = nil
}
