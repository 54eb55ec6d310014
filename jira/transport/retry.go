package transport

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"
)

// leastWait returns how long an answer asks to wait at least; negative where asking again is useless.
func leastWait(res *http.Response) time.Duration {
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable,
		http.StatusGatewayTimeout, http.StatusInternalServerError, http.StatusRequestTimeout:
	default:
		return neverAgain
	}
	now := time.Now()
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		now = date // the server's own clock
	}
	return max(parseRetryAfter(res.Header.Get("Retry-After"), now),
		parseRateLimitReset(res.Header.Get("X-RateLimit-Reset"), now))
}

// longestSeconds is more than anybody waits: thirty years, which a duration holds.
const longestSeconds = 1e9

// parseRetryAfter reads seconds or a date; 0 where it says nothing.
func parseRetryAfter(text string, now time.Time) time.Duration {
	seconds, err := strconv.ParseFloat(text, 64)
	if isNumber := err == nil || errors.Is(err, strconv.ErrRange); isNumber && !math.IsNaN(seconds) {
		return time.Duration(min(max(0, seconds), longestSeconds) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// parseRateLimitReset reads the moment at which a limit is lifted, written with or without seconds.
func parseRateLimitReset(text string, now time.Time) time.Duration {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil {
			return max(0, at.Sub(now))
		}
	}
	return 0
}
