package transport

import "sync"

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
