package transport

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/problem"
)

// logged returns a configuration whose log goes into a text.
func logged(conf Config) (Config, *strings.Builder) {
	var log strings.Builder
	conf.Log = slog.New(slog.NewTextHandler(&log, nil))
	return conf, &log
}

// TestPatience: a wait as long as patience is kept, a longer one is not.
func TestPatience(t *testing.T) {
	for patient, tries := range map[time.Duration]int{
		4 * time.Millisecond: 1, 5 * time.Millisecond: 3, 6 * time.Millisecond: 3,
	} {
		asked := 0
		c := ask(t, Config{Token: "t", Tries: 3, Patient: patient}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.Header().Set("Retry-After", "0.005")
			w.WriteHeader(http.StatusTooManyRequests)
		})
		if _, err := getAccount(t, c); !problem.Is(err, Limited) || asked != tries {
			t.Errorf("patience of %v: %v after %d tries, want %d", patient, err, asked, tries)
		}
	}
}

// TestTries: a request is tried so many times, and once at least.
func TestTries(t *testing.T) {
	for _, tries := range []int{1, 2, 3} {
		asked := 0
		c := ask(t, Config{Token: "t", Tries: tries}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		if _, err := getAccount(t, c); !problem.Is(err, Failing) || asked != tries {
			t.Errorf("%v after %d tries, want %d", err, asked, tries)
		}
	}
}

// TestOnce: who asks in another way then is told at once that Jira fails; a rate limit is waited for all the same.
func TestOnce(t *testing.T) {
	for status, tries := range map[int]int{http.StatusServiceUnavailable: 1, http.StatusTooManyRequests: 3} {
		asked := 0
		c := ask(t, Config{Token: "t", Tries: 3}, func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.WriteHeader(status)
		})
		var answer struct{}
		if err := c.Get(Once(t.Context()), API+"/myself", nil, &answer); err == nil || asked != tries {
			t.Errorf("%d: %v after %d tries, want %d", status, err, asked, tries)
		}
	}
}

// stopping is an answer that breaks off when its reader is stopped.
type stopping struct {
	status int
	stop   func()
	reads  int
}

// RoundTrip returns the answer.
func (s *stopping) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: s.status, Header: http.Header{}, Body: io.NopCloser(s)}, nil
}

// Read tells the beginning of the answer; then it stops.
func (s *stopping) Read(b []byte) (int, error) {
	s.reads++
	if s.reads == 1 {
		return copy(b, `{"timeZone":`), nil
	}
	s.stop()
	return 0, context.Canceled
}

// TestStoppedInAnAnswer: who stops while an answer comes is told that, and nothing of the answer that broke off.
func TestStoppedInAnAnswer(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusServiceUnavailable} {
		ctx, stop := context.WithCancel(t.Context())
		c, err := New(Config{URL: "https://jira.example", Tries: 1, Dialect: Cloud,
			HTTP: &http.Client{Transport: &stopping{status: status, stop: stop}}})
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{}
		if err := c.Get(ctx, API+"/myself", nil, &answer); err != context.Canceled {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestCutRefusal: a refusal that breaks off is asked for again, whatever its status.
func TestCutRefusal(t *testing.T) {
	asked := 0
	c := ask(t, Config{Token: "t", Tries: 2}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"message":"no`)
	})
	if _, err := getAccount(t, c); !problem.Is(err, Failing) || asked != 2 {
		t.Errorf("%v after %d requests", err, asked)
	}
}

// trickle is an answer whose end does not come before its time is over.
type trickle struct{ reads int }

// RoundTrip returns the answer.
func (s *trickle) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(s)}, nil
}

// Read tells the beginning of the answer; then its time is over.
func (s *trickle) Read(b []byte) (int, error) {
	s.reads++
	if s.reads == 1 {
		return copy(b, `{"timeZone":`), nil
	}
	return 0, context.DeadlineExceeded
}

// TestSlowAnswer: an answer that we give up waiting for is told as slow, not as cut by somebody else.
func TestSlowAnswer(t *testing.T) {
	c, err := New(Config{URL: "https://jira.example", Tries: 1, Dialect: Cloud,
		HTTP: &http.Client{Transport: &trickle{}}})
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{}
	err = c.Get(t.Context(), API+"/myself", nil, &answer)
	if !problem.Is(err, Failing) || !strings.Contains(err.Error(), "does not come to its end in time") {
		t.Error(err)
	}
}
