package attempts

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The bound on attempts that failed, for each address: ten at once, then one in six seconds.
const (
	attemptsAtOnce  = 10
	attemptsEvery   = 6 * time.Second
	addressesAtOnce = 10_000
)

// Limit bounds how often an address may try what is wrong. Who is right is never slowed, but for an address that used
// up its attempts: it waits. The zero value is ready.
type Limit struct {
	mu   sync.Mutex
	seen map[string]*rate.Limiter
}

// IsUsedUp tells whether an address has no attempt left.
func (a *Limit) IsUsedUp(address string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	limiter := a.seen[address]
	return limiter != nil && limiter.TokensAt(now) < 1
}

// CountFailure takes one attempt from an address.
func (a *Limit) CountFailure(address string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	limiter := a.seen[address]
	if limiter == nil {
		if len(a.seen) >= addressesAtOnce {
			a.forgetRested(now)
		}
		limiter = rate.NewLimiter(rate.Every(attemptsEvery), attemptsAtOnce)
		if a.seen == nil {
			a.seen = map[string]*rate.Limiter{}
		}
		a.seen[address] = limiter
	}
	limiter.AllowN(now, 1)
}

// forgetRested forgets the addresses that have all their attempts again; where none has, it forgets all: who comes from
// ten thousand addresses is not stopped by a list, and memory is bounded.
func (a *Limit) forgetRested(now time.Time) {
	for address, limiter := range a.seen {
		if limiter.TokensAt(now) >= attemptsAtOnce {
			delete(a.seen, address)
		}
	}
	if len(a.seen) >= addressesAtOnce {
		clear(a.seen)
	}
}

// AddressOf is where a request comes from, as attempts are counted: of IPv6 the /64 that one customer has.
func AddressOf(remote string) string {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	address := from.Addr().Unmap().WithZone("")
	if address.Is4() {
		return address.String()
	}
	prefix, err := address.Prefix(64)
	if err != nil {
		return address.String()
	}
	return prefix.String()
}
