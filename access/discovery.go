package access

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

const (
	longestWait    = 10 * time.Second // of a visitor for what the provider says of itself
	shortWait      = 2 * time.Second  // for what a page can do without
	mostAtProvider = 32               // visitors for whom the provider is asked at once
)

var (
	errNoAnswer = errors.New("the identity provider does not answer in time")
	errCrowded  = errors.New("too many log in at once")
)

// discovery is what the identity provider says of itself. It is asked for when somebody logs in for the first time, so
// that this server starts while the provider is down, and asked for once, however many wait for it.
type discovery struct {
	issuer string
	client *http.Client

	mu    sync.Mutex
	asked *discoveryAnswer // nil where nothing is asked and nothing known
}

// AskProvider asks an identity provider what it says of itself, as a login does. The error is one for people.
func AskProvider(ctx context.Context, issuer string) error {
	d := discovery{issuer: issuer, client: newProviderClient()}
	_, err := d.findProvider(ctx)
	return err
}

// discoveryAnswer is what one question came to, once it is done.
type discoveryAnswer struct {
	done  chan struct{}
	found *oidc.Provider
	err   error
}

// findProvider returns what the provider says of itself. Who waits for it waits no longer than the context and
// longestWait; the question itself goes on for those who come later.
func (d *discovery) findProvider(ctx context.Context) (*oidc.Provider, error) {
	answer := d.askProvider()
	wait := time.NewTimer(longestWait)
	defer wait.Stop()
	select {
	case <-answer.done:
		return answer.found, answer.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		return nil, errNoAnswer
	}
}

// askProvider returns the answer that is known or under way. A failure is not kept: who comes next asks again.
func (d *discovery) askProvider() *discoveryAnswer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked != nil {
		return d.asked
	}
	answer := &discoveryAnswer{done: make(chan struct{})}
	d.asked = answer
	go func() {
		defer close(answer.done)
		// The context lives on in the provider, for the keys, which are fetched and renewed behind it; the client
		// bounds each question.
		answer.found, answer.err = oidc.NewProvider(oidc.ClientContext(context.Background(), d.client), d.issuer)
		if answer.err != nil {
			d.forgetAnswer()
		}
	}()
	return answer
}

func (d *discovery) forgetAnswer() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = nil
}

// places are those for visitors for whom the provider is asked. Without a bound a provider that hangs would hold all
// requests that this server answers at once, for people who need no login as well.
type places chan struct{}

// takePlace takes a place without waiting for one.
func (p places) takePlace() bool {
	select {
	case p <- struct{}{}:
		return true
	default:
		return false
	}
}

func (p places) leavePlace() { <-p }
