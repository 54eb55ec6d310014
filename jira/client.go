// Package jira reads a Jira: issues with their whole history, boards, sprints, worklogs. Jira's
// words stop here: what leaves is package agile's, and people are removed before anything leaves.
//
// Cloud and Data Center stand behind the same calls; which one answers, it is asked once.
// docs/jira.md says which requests are made and why.
package jira

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"jerem/problem"
)

// Config says where a Jira is and how to ask it.
type Config struct {
	URL      string  // base address; a context or gateway path is kept
	Username string  // basic login: e-mail on Cloud, name on Data Center
	Password string  // API token on Cloud, password on Data Center
	Token    string  // a bearer token; with it no username
	Dialect  Dialect // which Jira it is; "" to ask it

	Log     *slog.Logger
	HTTP    *http.Client  // nil for one with sane time-outs
	Rate    float64       // requests a second, 10 by default
	Tries   int           // for one request, 5 by default
	Pause   time.Duration // before the second try, 2 s by default; it doubles up to a minute
	Patient time.Duration // the longest wait that an answer may ask for, 15 min by default

	MaxAnswer int64 // bytes of one answer after unpacking, 64 MiB by default
}

// Client asks one Jira. It is safe for concurrent use.
type Client struct {
	conf     Config
	base     *url.URL
	http     *http.Client
	limiter  *rate.Limiter
	requests atomic.Int64
	waited   atomic.Int64 // nanoseconds
	scrubber *scrubber
	moved    sync.Once // Jira redirects, and that was told

	asking sync.Mutex   // one asks which Jira it is
	kind   atomic.Value // Dialect, once it is known
	page   atomic.Int64 // results of a page, where a Data Center's window is smaller than pages are; else 0
}

// errCut says that an answer broke off.
var errCut = errors.New("answer cut")

// New returns a client. The error says what is wrong with the address.
func New(conf Config) (*Client, error) {
	base, err := url.Parse(strings.TrimRight(conf.URL, "/"))
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, &problem.Problem{Code: BadRequest, Message: fmt.Sprintf("jira.url %q is no address", conf.URL), Hint: "Write it like https://example.atlassian.net."}
	}
	if base.User != nil {
		return nil, &problem.Problem{Code: BadRequest, Message: "jira.url holds credentials", Hint: "Put them into jira.username and jira.password."}
	}
	if strings.Contains(conf.Username, ":") {
		return nil, &problem.Problem{
			Code: BadRequest, Message: "jira.username holds a colon, which no name of a login can",
			Hint: "Write the name alone and the rest as jira.password.",
		}
	}
	c := &Client{conf: conf, base: base, http: conf.HTTP, scrubber: newScrubber(conf)}
	if c.conf.Log == nil {
		c.conf.Log = slog.New(slog.DiscardHandler)
	}
	if c.http == nil {
		c.http = &http.Client{Timeout: 2 * time.Minute}
	}
	follow := *c.http
	follow.CheckRedirect = noFollow
	c.http = &follow
	if c.conf.Rate == 0 {
		c.conf.Rate = 10
	}
	if c.conf.Tries == 0 {
		c.conf.Tries = 5
	}
	if c.conf.Pause == 0 {
		c.conf.Pause = 2 * time.Second
	}
	if c.conf.Patient == 0 {
		c.conf.Patient = 15 * time.Minute
	}
	if c.conf.MaxAnswer == 0 {
		c.conf.MaxAnswer = defaultMaxAnswer
	}
	if conf.Dialect != "" {
		c.kind.Store(conf.Dialect)
	}
	c.limiter = rate.NewLimiter(rate.Limit(c.conf.Rate), max(1, int(c.conf.Rate)))
	return c, nil
}

// Requests returns how many requests were sent so far, repeated ones included.
func (c *Client) Requests() int { return int(c.requests.Load()) }

// Waited returns how long requests were held back so far: to keep the rate, or before another try.
func (c *Client) Waited() time.Duration { return time.Duration(c.waited.Load()) }

func (c *Client) host() string { return c.base.Host + c.base.Path }

// get asks an address and reads the answer into out. place names the address in errors.
func (c *Client) get(ctx context.Context, place string, query url.Values, out any) error {
	address := place
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return c.ask(ctx, http.MethodGet, place, address, nil, out)
}

// post asks with a JSON body. All our posts are questions: they may be repeated.
func (c *Client) post(ctx context.Context, place string, question, out any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	return c.ask(ctx, http.MethodPost, place, place, body, out)
}

// ask sends a request until it is answered or patience is over.
func (c *Client) ask(ctx context.Context, method, place, address string, body []byte, out any) error {
	if strings.HasPrefix(place, api) {
		kind, err := c.discover(ctx)
		if err != nil {
			return err
		}
		place, address = kind.root()+place[len(api):], kind.root()+address[len(api):]
	}
	pause := &backoff.ExponentialBackOff{InitialInterval: c.conf.Pause, RandomizationFactor: 0.3, Multiplier: 2, MaxInterval: time.Minute}
	pause.Reset()
	for try := 1; ; try++ {
		wait, err := c.try(ctx, method, place, address, body, out)
		if err == nil || wait < 0 || try == c.conf.Tries || once(ctx) && problem.Is(err, Failing) {
			return err
		}
		wait = max(wait, pause.NextBackOff())
		if wait > c.conf.Patient {
			return err
		}
		c.conf.Log.Info("asking again", "place", place, "try", try+1, "in", wait.Round(100*time.Millisecond), "because", err)
		c.waited.Add(int64(wait))
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

type onceKey struct{}

// Once returns a context whose requests are not repeated where Jira fails: for one who asks in another way then. A rate
// limit is waited for all the same.
func Once(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, true) }

func once(ctx context.Context) bool { return ctx.Value(onceKey{}) != nil }

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// never is the wait after an error that asking again does not mend.
const never = time.Duration(-1)

// try sends a request once. wait is the least time before the next try, negative for none.
func (c *Client) try(ctx context.Context, method, place, address string, body []byte, out any) (wait time.Duration, err error) {
	held := time.Now()
	if err := c.limiter.Wait(ctx); err != nil {
		return never, err
	}
	c.waited.Add(int64(time.Since(held)))
	res, err := c.send(ctx, method, place, address, body)
	if err != nil {
		return c.failed(ctx, place, err)
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusOK {
		wait, err := c.decode(place, res, out)
		if err != nil && ctx.Err() != nil {
			return never, ctx.Err()
		}
		return wait, err
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	if err != nil {
		return c.failed(ctx, place, errCut)
	}
	refusal := c.refused(place, res.StatusCode, res.Header, answer)
	if problem.Is(refusal, TooDeep) {
		return never, refusal
	}
	return c.patience(res), refusal
}

// failed explains why there is no answer, and whether asking again may help.
func (c *Client) failed(ctx context.Context, place string, err error) (wait time.Duration, _ error) {
	if ctx.Err() != nil {
		return never, ctx.Err()
	}
	var misled *problem.Problem
	if errors.As(err, &misled) {
		return never, misled
	}
	return 0, c.unreachable(place, err)
}

// sign adds credentials and what Jira wants to know.
func (c *Client) sign(req *http.Request, body bool) {
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "jerem")
	if body {
		req.Header.Set("Content-Type", "application/json")
	}
	switch {
	case c.conf.Token != "":
		req.Header.Set("Authorization", "Bearer "+c.conf.Token)
	case c.conf.Username != "" || c.conf.Password != "":
		pair := c.conf.Username + ":" + c.conf.Password
		req.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	}
}
