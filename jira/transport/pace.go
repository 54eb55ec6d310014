package transport

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"jerem/problem"
	"jerem/slowrequest"
)

// longestRest is how long requests rest at most by one answer: quotas are filled again each hour. After it one request
// asks again.
const longestRest = time.Hour

// mostReasons is how many limits are told apart.
const mostReasons = 12

// pace decides when the next request may be sent: no faster than the own rate, and no faster than the answers say that
// the server takes.
type pace struct {
	limiter *rate.Limiter
	longest time.Duration // a longer rest is not waited for: nothing is asked until it is over
	log     *slog.Logger
	waited  atomic.Int64 // nanoseconds

	mu        sync.Mutex
	all       pacedUntil
	endpoints map[string]pacedUntil // only those that rest
	limited   map[string]LimitedBy  // by reason
}

// pacedUntil is up to when requests rest, and by which limit.
type pacedUntil struct {
	free   time.Time
	reason string
}

// LimitedBy tells how often answers had requests rest by a limit, and how long.
type LimitedBy struct {
	Reason string // as the server names it
	Times  int
	Rest   time.Duration
}

// newPace returns the pace of so many requests a second, with a burst of as many; 0 is as fast as the server takes.
func newPace(perSecond float64, longest time.Duration, log *slog.Logger) *pace {
	limit := rate.Limit(perSecond)
	if perSecond == 0 {
		limit = rate.Inf
	}
	return &pace{limiter: rate.NewLimiter(limit, max(1, int(perSecond))), longest: longest, log: log,
		endpoints: map[string]pacedUntil{}, limited: map[string]LimitedBy{}}
}

// waitToSend waits until another request of an endpoint may be sent. The error says that a limit is used up for longer
// than is waited.
func (p *pace) waitToSend(ctx context.Context, endpoint string) error {
	begun := time.Now()
	err := p.limiter.Wait(ctx)
	for err == nil {
		by := p.restOf(endpoint)
		rest := time.Until(by.free)
		if rest <= 0 {
			break
		}
		if rest > p.longest {
			return usedUp(by)
		}
		err = slowrequest.Pause(ctx, rest)
	}
	if err == nil {
		p.waited.Add(int64(time.Since(begun)))
	}
	return err
}

// usedUp says that a limit is used up.
func usedUp(by pacedUntil) error {
	return &problem.Problem{
		Code: Limited, Status: http.StatusTooManyRequests,
		Message: fmt.Sprintf("Jira's limit %s is used up until %s", by.reason, by.free.UTC().Format("15:04:05 UTC")),
		Hint:    "Nothing is asked until then; the next cycle after it goes on.",
	}
}

// restOf tells up to when requests of an endpoint rest.
func (p *pace) restOf(endpoint string) pacedUntil {
	p.mu.Lock()
	defer p.mu.Unlock()
	if own := p.endpoints[endpoint]; own.free.After(p.all.free) {
		return own
	}
	return p.all
}

// followAnswer slows down as an answer of an endpoint asks.
func (p *pace) followAnswer(endpoint string, res *http.Response) {
	l := limitOf(res, serverClock(res))
	if l.rest <= 0 {
		return
	}
	l.rest = min(l.rest, longestRest)
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	reason := p.countLimit(l)
	until := pacedUntil{now.Add(l.rest), reason}
	before := p.all
	if l.endpoint {
		before = p.endpoints[endpoint]
	}
	if !until.free.After(before.free) {
		return
	}
	if l.rest >= tellEvery && !before.free.After(now) {
		p.tellRest(l, endpoint)
	}
	if !l.endpoint {
		p.all = until
		return
	}
	maps.DeleteFunc(p.endpoints, func(_ string, u pacedUntil) bool { return !u.free.After(now) })
	p.endpoints[endpoint] = until
}

// countLimit counts a rest, and returns the reason under which it is counted.
func (p *pace) countLimit(l limit) string {
	reason := l.reason
	if _, known := p.limited[reason]; !known && len(p.limited) >= mostReasons {
		reason = otherReason
	}
	counted := p.limited[reason]
	p.limited[reason] = LimitedBy{reason, counted.Times + 1, counted.Rest + l.rest}
	return reason
}

func (p *pace) tellRest(l limit, endpoint string) {
	rests := "all requests"
	if l.endpoint {
		rests = endpoint
	}
	p.log.Info("Jira's limit is used up: requests wait", "which", rests, "for", l.rest.Round(time.Second),
		"reason", l.reason)
}

// limitedBy lists the limits by which requests rested, in order of their reasons.
func (p *pace) limitedBy() []LimitedBy {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []LimitedBy
	for _, reason := range slices.Sorted(maps.Keys(p.limited)) {
		out = append(out, p.limited[reason])
	}
	return out
}

// serverClock reads the server's own clock, ours where it does not tell it.
func serverClock(res *http.Response) time.Time {
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}
