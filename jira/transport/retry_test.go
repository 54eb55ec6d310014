package transport

import (
	"net/http"
	"testing"
	"time"
)

// TestLeastWait: an answer that asks to wait says how long in seconds, by a date, or by the moment at which a limit is
// lifted; the longest counts, by the server's own clock. Only what may go away by itself is asked again.
func TestLeastWait(t *testing.T) {
	const date = "Mon, 23 Nov 2026 14:00:00 GMT"
	f := func(status int, want time.Duration, header ...string) {
		t.Helper()
		res := &http.Response{StatusCode: status, Header: http.Header{"Date": {date}}}
		for n := 0; n < len(header); n += 2 {
			res.Header.Set(header[n], header[n+1])
		}
		if got := leastWait(res); got != want {
			t.Errorf("%d %v: %v, want %v", status, header, got, want)
		}
	}
	for _, status := range []int{408, 429, 500, 502, 503, 504} {
		f(status, 0)
	}
	for _, status := range []int{400, 401, 403, 404, 410, 501} {
		f(status, neverAgain, "Retry-After", "3")
	}
	const after, reset = "Retry-After", "X-RateLimit-Reset"
	f(429, 3*time.Second, after, "3")
	f(429, 1500*time.Millisecond, after, "1.5")
	f(429, 0, after, "0")
	f(429, 0, after, "-3")
	f(429, 0, after, "soon")
	const long = longestSeconds * time.Second
	f(429, long, after, "999999999999")
	f(429, long, after, "1e400")
	f(429, long, after, "Inf")
	f(429, 0, after, "-1e400")
	f(429, 0, after, "NaN")
	f(429, 40*time.Second, after, "Mon, 23 Nov 2026 14:00:40 GMT")
	f(429, 0, after, "Mon, 23 Nov 2026 13:59:00 GMT")
	f(429, 30*time.Second, reset, "2026-11-23T14:00:30Z")
	f(429, time.Minute, reset, "2026-11-23T14:01Z")
	f(429, 0, reset, "2026-11-23T13:00Z")
	f(429, 0, reset, "later")
	f(429, 30*time.Second, after, "3", reset, "2026-11-23T14:00:30Z")
	f(429, 50*time.Second, after, "50", reset, "2026-11-23T14:00:30Z")
}
