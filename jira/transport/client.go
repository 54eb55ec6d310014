package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"jerem/jira/wire"
	"jerem/problem"
	"jerem/scrub"
	"jerem/slowrequest"
)

// Config says where a Jira is and how to ask it.
type Config struct {
	URL      string  // base address; a context or gateway path is kept
	Username string  // basic login: e-mail on Cloud, name on Data Center
	Password string  // API token on Cloud, password on Data Center
	Token    string  // a bearer token; with it no username
	OAuth    OAuth   // the credential of a service account; without any other login
	Dialect  Dialect // which Jira it is; "" to ask it

	Log     *slog.Logger
	HTTP    *http.Client  // nil for one with sane time-outs
	Rate    float64       // requests a second, with a burst of as many; 0 for as fast as the server takes them
	Tries   int           // for one request, 5 by default
	Pause   time.Duration // before the second try, 2 s by default; it doubles up to a minute
	Patient time.Duration // the longest wait that an answer may ask for, 15 min by default

	MaxAnswer int64 // bytes of one answer after unpacking, 64 MiB by default
}

// withDefaults returns the configuration with a value for everything that was left open.
func (conf Config) withDefaults() Config {
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	if conf.HTTP == nil {
		conf.HTTP = &http.Client{Timeout: 2 * time.Minute}
	}
	if conf.Tries == 0 {
		conf.Tries = 5
	}
	if conf.Pause == 0 {
		conf.Pause = 2 * time.Second
	}
	if conf.Patient == 0 {
		conf.Patient = 15 * time.Minute
	}
	if conf.MaxAnswer == 0 {
		conf.MaxAnswer = defaultMaxAnswer
	}
	return conf
}

// baseAddress reads the address of the site. The error says what is wrong with it or with the name of the login.
func (conf Config) baseAddress() (*url.URL, error) {
	base, err := url.Parse(strings.TrimRight(conf.URL, "/"))
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, &problem.Problem{
			Code: BadRequest, Message: fmt.Sprintf("jira.url %q is no address", conf.URL),
			Hint: "Write it like https://example.atlassian.net.",
		}
	}
	if base.User != nil {
		return nil, &problem.Problem{
			Code: BadRequest, Message: "jira.url holds credentials", Hint: "Put them into jira.username and " +
				"jira.password.",
		}
	}
	if strings.Contains(conf.Username, ":") {
		return nil, &problem.Problem{
			Code: BadRequest, Message: "jira.username holds a colon, which no name of a login can",
			Hint: "Write the name alone and the rest as jira.password.",
		}
	}
	return base, nil
}

// Client sends questions to one Jira and reads the answers. It is safe for concurrent use.
type Client struct {
	conf    Config
	errors  *errorWriter
	sender  *sender
	dialect *dialectProbe
	sizes   answerSizes
	buffers answerBuffers
	waited  atomic.Int64 // nanoseconds
}

// New returns a client of a Jira. The error says what is wrong with the configuration.
func New(conf Config) (*Client, error) {
	base, err := conf.baseAddress()
	if err != nil {
		return nil, err
	}
	conf = conf.withDefaults()
	words := &errorWriter{base: base, scrubber: scrub.New(scrub.Login{Username: conf.Username, Password: conf.Password,
		Token: conf.Token, ClientSecret: conf.OAuth.ClientSecret}), lacking: scopesOf}
	c := &Client{conf: conf, errors: words, sender: newSender(conf, base, words),
		dialect: newDialectProbe(conf.Dialect)}
	if c.sender.oauth != nil {
		words.lacking = c.sender.oauth.lackingFor
	}
	return c, nil
}

// Requests returns how many requests were sent so far, repeated ones included.
func (c *Client) Requests() int { return int(c.sender.requests.Load()) }

// Waited returns how long requests were held back so far: to keep the rate, or before another try.
func (c *Client) Waited() time.Duration {
	return time.Duration(c.waited.Load() + c.sender.pace.waited.Load())
}

// LimitedBy tells by which limits of the server requests had to rest so far.
func (c *Client) LimitedBy() []LimitedBy { return c.sender.pace.limitedBy() }

// MaxAnswer returns how many bytes one answer may have.
func (c *Client) MaxAnswer() int64 { return c.conf.MaxAnswer }

// Address is the address of the site as it was configured, without a slash at its end.
func (c *Client) Address() string { return strings.TrimRight(c.conf.URL, "/") }

// Host names the site, as messages do.
func (c *Client) Host() string { return c.errors.siteName() }

// Sanitized returns an error about a single thing of an answer as it may be told; see [errorWriter.sanitize].
func (c *Client) Sanitized(err error) error { return errors.New(c.errors.sanitizeText(err.Error())) }

// Invalid returns the error of an answer that contradicts itself.
func (c *Client) Invalid(place, what string) error {
	return c.errors.explainContradiction(strings.Replace(place, API, c.Dialect().apiRoot(), 1), what)
}

// TooLarge returns the error of answers that belong together and are larger than jira.max_answer allows.
func (c *Client) TooLarge(place, what string) error {
	return c.errors.tooLarge(place, &boundError{what, true})
}

// Get asks an address and reads the answer into out. place is the path of the address, and names it in errors.
func (c *Client) Get(ctx context.Context, place string, query url.Values, out any) error {
	q := question{method: http.MethodGet, place: place}
	if len(query) > 0 {
		q.query = "?" + query.Encode()
	}
	return c.askPatiently(ctx, q, out)
}

// Post asks with a JSON body. All our posts are questions: they may be repeated.
func (c *Client) Post(ctx context.Context, place string, body, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.askPatiently(ctx, question{method: http.MethodPost, place: place, body: raw}, out)
}

// question is a request that can be sent any number of times.
type question struct {
	method string
	place  string // the path, which names the address in errors
	query  string // with its question mark, "" for none
	body   []byte // JSON, nil for none
}

// askPatiently sends a question until it is answered or patience is over.
func (c *Client) askPatiently(ctx context.Context, q question, out any) error {
	if strings.HasPrefix(q.place, API) {
		kind, err := c.DiscoverDialect(ctx)
		if err != nil {
			return err
		}
		q.place = kind.apiRoot() + q.place[len(API):]
	}
	pause := &backoff.ExponentialBackOff{
		InitialInterval: c.conf.Pause, RandomizationFactor: 0.3, Multiplier: 2, MaxInterval: time.Minute,
	}
	pause.Reset()
	for try := 1; ; try++ {
		wait, err := c.askOnce(ctx, q, out)
		if err == nil || wait < 0 || try == c.conf.Tries || isOnce(ctx) && problem.Is(err, Failing) {
			return err
		}
		wait = max(wait, pause.NextBackOff())
		if wait > c.conf.Patient {
			return err
		}
		c.conf.Log.Info("asking again", "place", q.place, "try", try+1, "in", wait.Truncate(time.Millisecond),
			"because", err)
		c.waited.Add(int64(wait))
		if err := slowrequest.Pause(ctx, wait); err != nil {
			return err
		}
	}
}

// neverAgain is the wait after an error that asking again does not mend.
const neverAgain = time.Duration(-1)

// askOnce sends a question once. wait is the least time before the next try, negative where there must be none.
func (c *Client) askOnce(ctx context.Context, q question, out any) (wait time.Duration, err error) {
	if err := c.sender.pace.waitToSend(ctx, endpointOf(q.method, q.place)); err != nil {
		return neverAgain, err
	}
	answered := slowrequest.Tell(c.conf.Log, "waiting for an answer of Jira", "place", q.place)
	defer answered()
	res, err := c.sender.sendQuestion(ctx, q)
	if err != nil {
		return c.errors.withoutAnswer(ctx, q.place, err)
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusOK {
		wait, err := c.decodeAnswer(q, res, out)
		if err != nil && ctx.Err() != nil {
			return neverAgain, ctx.Err()
		}
		return wait, err
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	if err != nil {
		return c.errors.withoutAnswer(ctx, q.place, errCut)
	}
	if res.StatusCode == http.StatusUnauthorized && c.sender.oauth != nil && !bytes.Contains(answer, []byte("scope")) {
		c.sender.oauth.forgetToken()
	}
	refusal := c.errors.explainRefusal(q, res.StatusCode, res.Header, answer)
	if problem.Is(refusal, TooDeep) {
		return neverAgain, refusal
	}
	return leastWait(res), refusal
}

// decodeAnswer reads an answer into out. One that breaks off is asked for again; one that is no JSON is no Jira's; one
// that exceeds a bound is refused.
func (c *Client) decodeAnswer(q question, res *http.Response, out any) (wait time.Duration, err error) {
	buffer := c.buffers.takeBuffer()
	defer c.buffers.releaseBuffer(buffer)
	place, endpoint := q.place, endpointOf(q.method, q.place)
	buffer.makeRoom(c.sizes.expectSize(endpoint))
	answer, err := buffer.readAnswer(res.Body, c.conf.MaxAnswer)
	c.sizes.noteSize(endpoint, len(answer))
	var bound *boundError
	switch {
	case errors.As(err, &bound):
		return neverAgain, c.errors.tooLarge(place, bound)
	case errors.Is(err, errNoJSON):
		return neverAgain, c.errors.noJSON(place, res)
	case errors.Is(err, gzip.ErrHeader):
		return neverAgain, c.errors.explainContradiction(place, "the answer says that it is gzip, and is not")
	case errors.Is(err, context.DeadlineExceeded), err != nil && isTimeout(err):
		return 0, c.errors.explainUnreachable(place, errSlow)
	case err != nil:
		return 0, c.errors.explainUnreachable(place, errCut)
	}
	if answer, err = asUTF8(answer, res.Header.Get("Content-Type")); err != nil {
		return neverAgain, c.errors.explainContradiction(place, err.Error())
	}
	err = wire.Decode(c.errors.scrubber.Answer(answer), out)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return neverAgain, c.errors.checkWhole(place, out)
	case errors.As(err, &syntax) && syntax.Error() == endOfInput:
		return 0, c.errors.explainUnreachable(place, errCut)
	case errors.As(err, &syntax):
		return neverAgain, c.errors.explainContradiction(place, "the answer is no valid JSON: "+syntax.Error())
	}
	return neverAgain, c.errors.otherShape(place, res.StatusCode, err)
}

// endOfInput is what the standard library says of JSON that ends too early.
var endOfInput = json.Unmarshal([]byte("["), new(any)).Error()

type onceKey struct{}

// Once returns a context whose requests are not repeated where Jira fails: for one who asks in another way then. A rate
// limit is waited for all the same.
func Once(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, true) }

func isOnce(ctx context.Context) bool { return ctx.Value(onceKey{}) != nil }
