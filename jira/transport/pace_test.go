package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestRestAfter: a limit that is used up holds all requests up until it is lifted; one that is nearly used up spreads
// what is left of it; one that is not enforced, or of which much is left, holds nothing up.
func TestRestAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	const (
		left  = "X-RateLimit-Remaining"
		reset = "X-RateLimit-Reset"
		near  = "X-RateLimit-NearLimit"
		after = "Retry-After"
	)
	for n, c := range []struct {
		status int
		header []string
		want   time.Duration
	}{
		{200, nil, 0},
		{200, []string{after, "7"}, 0}, // of a limit that tells nothing of what is left
		{200, []string{left, "349", reset, "2026-11-23T14:01Z"}, 0},
		{200, []string{left, "0", reset, "2026-11-23T14:01Z"}, time.Minute},
		{200, []string{left, "0", after, "4"}, 4 * time.Second}, // Data Center
		{200, []string{left, "3", after, "0"}, 0},
		{200, []string{left, "0", reset, "2026-11-23T14:01Z", "X-RateLimit-Interval-Seconds", "5"}, time.Minute},
		{200, []string{left, "5", near, "true", reset, "2026-11-23T14:01:00Z"}, 10 * time.Second},
		{200, []string{left, "-1", reset, "2026-11-23T14:01:00Z"}, 0},
		{200, []string{left, "few", reset, "2026-11-23T14:01:00Z"}, 0},
		{200, []string{"RateLimit", `"global-app-quota";r=11000;t=600`}, 0},
		{200, []string{"RateLimit", `"global-app-quota";r=0;t=600`}, 10 * time.Minute},
		{200, []string{"RateLimit", `"a";r=5;t=600, "b";r=0;t=30`}, 30 * time.Second},
		{200, []string{"Beta-RateLimit", `"global-app-quota";r=0;t=600`}, 0},
		{429, []string{after, "3"}, 3 * time.Second},
		{429, nil, 0},
		{503, []string{after, "3"}, 0}, // that request's own wait
	} {
		res := &http.Response{StatusCode: c.status, Header: http.Header{}}
		for n := 0; n < len(c.header); n += 2 {
			res.Header.Set(c.header[n], c.header[n+1])
		}
		res.Header.Set("Date", now.Format(http.TimeFormat))
		if got := limitOf(res, serverClock(res)).rest; got != c.want {
			t.Errorf("%d: %d %v: %v, want %v", n, c.status, c.header, got, c.want)
		}
	}
}

// TestPace: without a rate of its own requests go as fast as the answers allow; with one, after a burst of as many, one
// by one. A rest is kept by whoever asks next.
func TestPace(t *testing.T) {
	usedUp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
	usedUp.Header.Set("X-RateLimit-Remaining", "0")
	usedUp.Header.Set("Retry-After", "90")
	send := func(t *testing.T, p *pace, n int) {
		t.Helper()
		for range n {
			if err := p.waitToSend(t.Context(), "GET /x"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		rate     float64
		patience time.Duration
		requests int
		answer   *http.Response // before the requests
		want     time.Duration
	}{
		{0, time.Hour, 1000, nil, 0},
		{5, time.Hour, 5, nil, 0},
		{5, time.Hour, 15, nil, 2 * time.Second},
		{0.5, time.Hour, 2, nil, 2 * time.Second},
		{0, time.Hour, 3, usedUp, 90 * time.Second},
	} {
		t.Run(fmt.Sprint(c.rate, c.requests), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPace(c.rate, c.patience, slog.New(slog.DiscardHandler))
				if c.answer != nil {
					p.followAnswer("GET /y", c.answer)
				}
				begun := time.Now()
				send(t, p, c.requests)
				if got := time.Since(begun).Round(time.Millisecond); got != c.want {
					t.Errorf("%d requests took %v, want %v", c.requests, got, c.want)
				}
			})
		})
	}
}

// TestPaceOfClient: what one answer asks holds up the next request of the same client, and a stop ends the wait.
func TestPaceOfClient(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	asked := 0
	c := ask(t, Config{Token: "t", Tries: 1}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("Retry-After", "600")
		fmt.Fprint(w, `{}`)
	})
	var answer struct{}
	if err := c.Get(ctx, API+"/myself", nil, &answer); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := c.Get(ctx, API+"/myself", nil, &answer); !errors.Is(err, context.Canceled) || asked != 1 {
		t.Errorf("%v after %d requests", err, asked)
	}
}
