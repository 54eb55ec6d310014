package warp10

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jerem/problem"
	"jerem/publish"
)

// client sends requests to the endpoints of a platform, with the token, again and again where that may help.
type client struct {
	base, token string
	http        http.Client
	tries       uint
	pause       time.Duration // before the second try; it doubles up to a minute
}

// newClient returns a client that follows no redirection.
func (w *Sink) newClient() client {
	return client{base: w.URL, token: w.Token, http: publish.WithoutRedirects(w.Client),
		tries: uint(cmp.Or(w.Tries, 5)), pause: cmp.Or(w.Pause, time.Second)}
}

// retryRequest makes a request until it is answered well, trying again is useless, or patience is over.
func (c client) retryRequest(ctx context.Context, request func() (again bool, err error)) error {
	return publish.Retry(ctx, c.tries, c.pause, request)
}

// postBody sends a body to the endpoint that takes points.
func (c client) postBody(ctx context.Context, body []byte) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpointAddress("update"), bytes.NewReader(body))
	if err != nil || !c.hasAddress() {
		return false, noAddress()
	}
	req.Header.Set("X-Warp10-Token", c.token)
	req.Header.Set("Content-Type", "application/gzip")
	status, answer, err := c.readAnswer(req)
	if err != nil {
		return true, err
	}
	if status == http.StatusOK && len(bytes.TrimSpace(answer)) == 0 { // whoever says more is no Warp 10
		return false, nil
	}
	return c.refusalOf(status, c.messageWithoutToken(answer))
}

// removePoints asks for one delete.
func (c client) removePoints(ctx context.Context, query url.Values) (again bool, err error) {
	req, err := c.newGet(ctx, "delete", query)
	if err != nil {
		return false, err
	}
	status, answer, err := c.readAnswer(req)
	switch {
	case err != nil:
		return true, err
	case status == http.StatusOK && listsSeries(answer):
		return false, nil
	}
	return c.notDeleted(status, c.messageWithoutToken(answer), "points that are no more cannot be deleted")
}

// newGet makes a request to an endpoint, with the token.
func (c client) newGet(ctx context.Context, endpoint string, query url.Values) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpointAddress(endpoint)+"?"+query.Encode(), nil)
	if err != nil || !c.hasAddress() {
		return nil, noAddress()
	}
	req.Header.Set("X-Warp10-Token", c.token)
	return req, nil
}

// readAnswer sends a request and returns what came back.
func (c client) readAnswer(req *http.Request) (status int, body []byte, err error) {
	res, err := c.http.Do(req)
	if err != nil {
		p := c.unreachableProblem(err)
		if publish.BrokenOff(err) {
			p.Cause = publish.ErrTooMuch
		}
		return 0, nil, p
	}
	defer res.Body.Close()
	body, _ = io.ReadAll(io.LimitReader(res.Body, 1<<20)) // what came says enough
	if publish.AsksForLater(res) {
		_, err = c.refusalOf(res.StatusCode, c.messageWithoutToken(body))
		return 0, nil, publish.Later(err)
	}
	return res.StatusCode, body, nil
}

// unreachableProblem explains why no answer came.
func (c client) unreachableProblem(err error) *problem.Problem {
	return &problem.Problem{Code: publish.Unreachable,
		Message: c.maskToken(fmt.Sprintf("warp10 %s: no answer: %v", c.hostName(), publish.RootReason(err))),
		Hint:    "Check metrics.url and the network; nothing is lost, it is posted again."}
}

// endpointAddress returns the address of an endpoint.
func (c client) endpointAddress(endpoint string) string {
	base := strings.TrimRight(c.base, "/")
	base = strings.TrimSuffix(base, "/update")
	base = strings.TrimSuffix(base, "/api/v0")
	return base + "/api/v0/" + endpoint
}

// hasAddress tells whether the platform's address can be one.
func (c client) hasAddress() bool {
	u, err := url.Parse(c.base)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func noAddress() error {
	return &problem.Problem{Code: publish.NotASink, Message: "warp10: metrics.url is no address",
		Hint: "Write it like https://warp10.example."}
}

func (c client) hostName() string {
	u, err := url.Parse(c.base)
	if err != nil {
		return "metrics.url"
	}
	return u.Host
}

// maskToken is [hideToken] of the client's own token.
func (c client) maskToken(text string) string { return hideToken(text, c.token) }

// messageWithoutToken returns what an error page says, without the token.
func (c client) messageWithoutToken(page []byte) string {
	return messageOf([]byte(c.maskToken(string(page))))
}
