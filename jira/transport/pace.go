package transport

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// pace decides when the next request may be sent: no faster than the own rate, and no faster than the answers say that
// the server takes.
type pace struct {
	limiter *rate.Limiter
	longest time.Duration // a longer rest is not kept: the refusal that follows tells it
	log     *slog.Logger
	waited  atomic.Int64 // nanoseconds

	mu   sync.Mutex
	free time.Time // no request is sent before
}

// newPace returns the pace of so many requests a second, with a burst of as many; 0 is as fast as the server takes.
func newPace(perSecond float64, longest time.Duration, log *slog.Logger) *pace {
	limit := rate.Limit(perSecond)
	if perSecond == 0 {
		limit = rate.Inf
	}
	return &pace{limiter: rate.NewLimiter(limit, max(1, int(perSecond))), longest: longest, log: log}
}

// waitToSend waits until another request may be sent.
func (p *pace) waitToSend(ctx context.Context) error {
	begun := time.Now()
	err := p.limiter.Wait(ctx)
	for rest := p.restTime(); err == nil && rest > 0; rest = p.restTime() {
		err = sleepContext(ctx, rest)
	}
	if err == nil {
		p.waited.Add(int64(time.Since(begun)))
	}
	return err
}

// restTime tells how long no request may be sent.
func (p *pace) restTime() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.free)
}

// followAnswer slows down as an answer asks.
func (p *pace) followAnswer(res *http.Response) {
	rest := restAfter(res, serverClock(res))
	if rest <= 0 || rest > p.longest {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	free := time.Now().Add(rest)
	if !free.After(p.free) {
		return
	}
	if rest >= tellEvery && time.Until(p.free) <= 0 {
		p.log.Info("Jira's limit is used up: requests wait", "for", rest.Round(time.Second),
			"reason", res.Header.Get("RateLimit-Reason"))
	}
	p.free = free
}

// serverClock reads the server's own clock, ours where it does not tell it.
func serverClock(res *http.Response) time.Time {
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}

// restAfter tells how long all requests are to rest after an answer, whatever its status: until a limit that is used up
// is lifted; where little of it is left, until the next of those that are left would be due if they were spread evenly.
// A limit that the server announces and does not enforce (Beta-RateLimit) holds nothing up.
func restAfter(res *http.Response, now time.Time) time.Duration {
	h := res.Header
	rest := time.Duration(0)
	if res.StatusCode == http.StatusTooManyRequests {
		rest = max(0, leastWait(res))
	}
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	reset := max(parseRetryAfter(h.Get("Retry-After"), now), parseRateLimitReset(h.Get("X-RateLimit-Reset"), now))
	switch {
	case err != nil || left < 0:
	case left == 0:
		rest = max(rest, reset)
	case strings.EqualFold(h.Get("X-RateLimit-NearLimit"), "true"):
		rest = max(rest, reset/time.Duration(left+1))
	}
	return max(rest, parseQuotaRest(h.Get("RateLimit")))
}

// quota is what is left of a quota of points, and the seconds until it is filled again, as RateLimit tells them.
var quota = regexp.MustCompile(`;\s*r=(\d+)\s*;\s*t=(\d+)`)

// parseQuotaRest reads how long a quota that is used up stays so.
func parseQuotaRest(text string) time.Duration {
	longest := 0.0
	for _, m := range quota.FindAllStringSubmatch(text, -1) {
		if seconds, err := strconv.ParseFloat(m[2], 64); err == nil && strings.Trim(m[1], "0") == "" {
			longest = math.Max(longest, math.Min(seconds, 1e9))
		}
	}
	return time.Duration(longest * float64(time.Second))
}
