package jira

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"jerem/problem"
)

// maxHops is how many redirects one request follows.
const maxHops = 5

// noFollow leaves redirects to us: the standard client turns a POST into a GET without its question.
func noFollow(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// send sends a request, and sends it again, with its method and body, wherever it is redirected on the same host. All
// our requests are questions, so they may be repeated. A redirect that would carry credentials elsewhere, or lose the
// question, is refused.
func (c *Client) send(ctx context.Context, method, place, address string, body []byte) (*http.Response, error) {
	target, err := url.Parse(c.base.String() + address)
	if err != nil {
		return nil, err
	}
	for hop := 0; ; hop++ {
		req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		c.sign(req, body != nil)
		c.requests.Add(1)
		res, err := c.http.Do(req)
		if err != nil || !redirects(res.StatusCode) {
			return res, err
		}
		_, _ = io.CopyN(io.Discard, res.Body, 4096)
		res.Body.Close()
		next, refused := c.next(place, target, res)
		if refused == nil && hop == maxHops {
			refused = c.misled(place, "redirects again and again", "")
		}
		if refused != nil {
			return nil, refused
		}
		c.warnMoved(place, next)
		if err := c.limiter.Wait(ctx); err != nil {
			return nil, err
		}
		target = next
	}
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// next returns where a redirect leads, or why it is not followed.
func (c *Client) next(place string, from *url.URL, res *http.Response) (*url.URL, error) {
	location := res.Header.Get("Location")
	to, err := from.Parse(location)
	if location == "" || err != nil || to.Host == "" {
		return nil, c.misled(place, fmt.Sprintf("answers %d without saying where to", res.StatusCode), "")
	}
	to.User, to.Fragment = nil, ""
	base := baseOf(to, from, c.base)
	switch {
	case !sameSite(from, to):
		return nil, c.misled(place, "redirects to another host, "+to.Scheme+"://"+to.Host, base)
	case from.Scheme == "https" && to.Scheme != "https":
		return nil, c.misled(place, "redirects from https to "+to.Scheme, "")
	case !strings.HasSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place):
		return nil, c.misled(place, "redirects to "+to.Path+", as to a login page", "")
	case !keepsQuery(from.Query(), to.Query()):
		return nil, c.misled(place, "redirects without its question", base)
	}
	return to, nil
}

// misled says why a redirect is not followed; base is where Jira seems to be, "" where that is not told.
func (c *Client) misled(place, what, base string) error {
	e := &problem.Problem{
		Code: NotJira, Message: fmt.Sprintf("jira %s: %s: %s", c.host(), place, c.foreign(what)),
		Hint: "Set jira.url to the address that Jira itself uses, and check the credentials; they are never sent elsewhere.",
	}
	if base != "" {
		e.Hint = "If that is your Jira, set jira.url to " + c.foreign(base) + "; credentials are never sent elsewhere."
	}
	return e
}

// sameSite says whether two addresses are of one host: of one name and port, or of one name and the usual ports of http
// and https.
func sameSite(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	return port(a) == port(b) || usual(a) && usual(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}

func usual(u *url.URL) bool {
	return u.Scheme == "http" && port(u) == "80" || u.Scheme == "https" && port(u) == "443"
}

// baseOf guesses the base address of a Jira from where a request to a known base is redirected, "" where it cannot.
func baseOf(to, from, base *url.URL) string {
	place := strings.TrimPrefix(from.EscapedPath(), base.EscapedPath())
	prefix, ok := strings.CutSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place)
	if !ok {
		return ""
	}
	return to.Scheme + "://" + to.Host + strings.TrimRight(prefix, "/")
}

// keepsQuery says whether all of a question stands in another one.
func keepsQuery(from, to url.Values) bool {
	for name, values := range from {
		if strings.Join(values, "\n") != strings.Join(to[name], "\n") {
			return false
		}
	}
	return true
}

// warnMoved tells once that every request is redirected.
func (c *Client) warnMoved(place string, to *url.URL) {
	c.moved.Do(func() {
		base := to.Scheme + "://" + to.Host + strings.TrimSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place)
		c.conf.Log.Warn("Jira redirects each request: set jira.url to where it leads", "to", c.foreign(base))
	})
}
