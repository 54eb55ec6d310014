package transport

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// slowAnswer begins an answer after a while, and ends it after another one.
type slowAnswer struct{ before, within time.Duration }

// RoundTrip implements http.RoundTripper.
func (s slowAnswer) RoundTrip(*http.Request) (*http.Response, error) {
	time.Sleep(s.before)
	body, send := io.Pipe()
	go func() {
		_, _ = io.WriteString(send, `{"timeZone":`)
		time.Sleep(s.within)
		_, _ = io.WriteString(send, `"UTC"}`)
		send.Close()
	}()
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body}, nil
}

// TestSlowAnswerIsTold: a request that takes long writes a line every ten seconds, whether the answer begins late or
// comes slowly; one that is answered writes none.
func TestSlowAnswerIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		answer slowAnswer
		lines  int
	}{
		"at once":      {slowAnswer{}, 0},
		"begins late":  {slowAnswer{before: 35 * time.Second}, 3},
		"comes slowly": {slowAnswer{within: 25 * time.Second}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				client, err := New(Config{URL: "https://jira.example", Dialect: Cloud,
					HTTP: &http.Client{Transport: c.answer}, Log: slog.New(slog.NewTextHandler(&log, nil))})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := getAccount(t, client); err != nil {
					t.Fatal(err)
				}
				synctest.Wait() // what tells of it has ended
				if n := strings.Count(log.String(), "place=/rest/api/3/myself"); n != c.lines {
					t.Errorf("%d lines tell of it, want %d:\n%s", n, c.lines, log.String())
				}
			})
		})
	}
}
