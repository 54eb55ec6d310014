package live

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// listen opens a stream and returns what yields its lines, empty ones and comments left out.
func listen(t *testing.T, server *httptest.Server) (next func() string, leave func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(kind, "text/event-stream") {
		t.Errorf("%d %s", res.StatusCode, kind)
	}
	lines := bufio.NewScanner(res.Body)
	next = func() string {
		for lines.Scan() {
			if line := lines.Text(); line != "" && !strings.HasPrefix(line, ":") {
				return line
			}
		}
		return "the end"
	}
	return next, func() { cancel(); res.Body.Close() }
}

// TestStreams: who listens is told the state that is known and each one that follows; a state that cannot be told is
// not new. However many listen, one watcher asks; with the last of them it ends.
func TestStreams(t *testing.T) {
	var state atomic.Value
	state.Store("1")
	s := New(NewPlaces(), func(context.Context) (string, error) {
		if state.Load() == "none" {
			return "", errors.New("cannot be told")
		}
		return state.Load().(string), nil
	}, nil, nil, nil)
	s.every = time.Millisecond
	server := httptest.NewServer(s)
	defer server.Close()
	var all []func() string
	var leave []func()
	for range 5 {
		next, end := listen(t, server)
		all, leave = append(all, next), append(leave, end)
	}
	expect := func(want ...string) {
		t.Helper()
		for n, next := range all {
			for _, line := range want {
				if got := next(); got != line {
					t.Errorf("listener %d is told %q, want %q", n, got, line)
				}
			}
		}
	}
	expect("retry: 5000", "event: known", "data: 1")
	state.Store("none")
	state.Store("2")
	expect("event: known", "data: 2")
	for _, end := range leave {
		end()
	}
	for left := false; !left; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		left = s.listeners == 0
		s.mu.Unlock()
	}
	time.Sleep(5 * time.Millisecond) // a watcher that is asking ends
	s.mu.Lock()
	asked := s.asked
	s.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked != asked {
		t.Errorf("the state was asked for %d times while nobody listened", s.asked-asked)
	}
}

// TestStreamsByEvent: a change that is told is known at once, without asking in between; one told while the state is
// asked for is not missed.
func TestStreamsByEvent(t *testing.T) {
	var mu sync.Mutex
	changed, state := make(chan struct{}), 1
	change := func() {
		mu.Lock()
		defer mu.Unlock()
		state++
		close(changed)
		changed = make(chan struct{})
	}
	second := true
	s := New(NewPlaces(), func(context.Context) (string, error) {
		mu.Lock()
		told := state
		mu.Unlock()
		if told == 2 && second { // it changes again after it was looked up
			second = false
			change()
		}
		return strconv.Itoa(told), nil
	}, nil, nil, func() <-chan struct{} {
		mu.Lock()
		defer mu.Unlock()
		return changed
	})
	s.every = time.Hour
	server := httptest.NewServer(s)
	defer server.Close()
	next, leave := listen(t, server)
	defer leave()
	for _, want := range []string{"retry: 5000", "event: known", "data: 1"} {
		if got := next(); got != want {
			t.Fatalf("told %q, want %q", got, want)
		}
	}
	change()
	told := ""
	for told != "data: 3" { // 2 may be passed over
		if told = next(); told == "the end" {
			t.Fatal("the stream ended")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked != 3 {
		t.Errorf("the state was asked for %d times: once, and at each of two changes", s.asked)
	}
}

// TestStreamsEnd: when the program ends, streams end.
func TestStreamsEnd(t *testing.T) {
	ended := make(chan struct{})
	s := New(NewPlaces(), func(context.Context) (string, error) { return "1", nil }, nil, ended, nil)
	server := httptest.NewServer(s)
	defer server.Close()
	next, leave := listen(t, server)
	defer leave()
	for next() != "data: 1" {
	}
	close(ended)
	if got := next(); got != "the end" {
		t.Errorf("a stream goes on with %q", got)
	}
}
