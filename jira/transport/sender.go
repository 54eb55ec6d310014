package transport

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
)

// maxRedirects is how many redirects one request follows.
const maxRedirects = 5

// sender sends single requests: signed, no faster than the rate, and again wherever Jira redirects them on its host.
type sender struct {
	conf     Config
	base     *url.URL
	errors   *errorWriter
	http     *http.Client
	pace     *pace
	oauth    *oauthLogin // nil for another login
	requests atomic.Int64
	moved    sync.Once // Jira redirects, and that was told
}

func newSender(conf Config, base *url.URL, words *errorWriter) *sender {
	follow := *conf.HTTP
	follow.CheckRedirect = followNone
	s := &sender{
		conf: conf, base: base, errors: words, http: &follow,
		pace: newPace(conf.Rate, conf.Patient, conf.Log),
	}
	if conf.OAuth.ClientID != "" {
		s.oauth = newOAuthLogin(conf, base, words, &follow)
	}
	return s
}

// logIn returns where questions go, and what is put into the header of a login, "" for none.
func (s *sender) logIn(ctx context.Context) (base *url.URL, header string, err error) {
	switch {
	case s.oauth != nil:
		base, token, err := s.oauth.logIn(ctx)
		return base, "Bearer " + token, err
	case s.conf.Token != "":
		return s.base, "Bearer " + s.conf.Token, nil
	case s.conf.Username != "" || s.conf.Password != "":
		pair := s.conf.Username + ":" + s.conf.Password
		return s.base, "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)), nil
	}
	return s.base, "", nil
}

// followNone leaves redirects to us: the standard client turns a POST into a GET without its question.
func followNone(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// sendQuestion sends a question, and sends it again, with its method and body, wherever it is redirected on the same
// host. All our requests are questions, so they may be repeated. A redirect that would carry credentials elsewhere, or
// lose the question, is refused.
func (s *sender) sendQuestion(ctx context.Context, q question) (*http.Response, error) {
	base, login, err := s.logIn(ctx)
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(base.String() + q.place + q.query)
	if err != nil {
		return nil, err
	}
	endpoint := endpointOf(q.method, q.place)
	for hop := 0; ; hop++ {
		req, err := http.NewRequestWithContext(ctx, q.method, target.String(), bytes.NewReader(q.body))
		if err != nil {
			return nil, err
		}
		signRequest(req, login, q.body != nil)
		s.requests.Add(1)
		res, err := s.http.Do(req)
		if err != nil {
			return nil, err
		}
		s.pace.followAnswer(endpoint, res)
		if !isRedirect(res.StatusCode) {
			return res, nil
		}
		_, _ = io.CopyN(io.Discard, res.Body, 4096)
		res.Body.Close()
		target, err = s.redirectTarget(base, q.place, target, res)
		if err == nil && hop == maxRedirects {
			err = s.errors.redirectRefused(q.place, "redirects again and again", "")
		}
		if err != nil {
			return nil, err
		}
		s.warnMoved(q.place, target)
		if err := s.pace.waitToSend(ctx, endpoint); err != nil {
			return nil, err
		}
	}
}

// signRequest adds the login and what Jira wants to know.
func signRequest(req *http.Request, login string, body bool) {
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "jerem")
	if body {
		req.Header.Set("Content-Type", "application/json")
	}
	if login != "" {
		req.Header.Set("Authorization", login)
	}
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirectTarget returns where a redirect leads, or why it is not followed.
func (s *sender) redirectTarget(base *url.URL, place string, from *url.URL, res *http.Response) (*url.URL, error) {
	location := res.Header.Get("Location")
	to, err := from.Parse(location)
	switch {
	case location != "" && err == nil && to.Scheme != "http" && to.Scheme != "https":
		return nil, s.errors.redirectRefused(place, "redirects to "+to.Scheme+":, which is no address of a server", "")
	case location == "" || err != nil || to.Host == "":
		return nil, s.errors.redirectRefused(place, fmt.Sprintf("answers %d without saying where to", res.StatusCode),
			"")
	}
	to.User, to.Fragment = nil, ""
	guessed := guessBase(to, from, base)
	switch {
	case !isSameSite(from, to):
		return nil, s.errors.redirectRefused(place, "redirects to another host, "+to.Scheme+"://"+to.Host, guessed)
	case from.Scheme == "https" && to.Scheme != "https":
		return nil, s.errors.redirectRefused(place, "redirects from https to "+to.Scheme, "")
	case !strings.HasSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place):
		return nil, s.errors.redirectRefused(place, "redirects to "+to.Path+", as to a login page", "")
	case !keepsQuery(from.Query(), to.Query()):
		return nil, s.errors.redirectRefused(place, "redirects without its question", guessed)
	}
	return to, nil
}

// warnMoved tells once that every request is redirected.
func (s *sender) warnMoved(place string, to *url.URL) {
	s.moved.Do(func() {
		base := siteRoot(to) + strings.TrimSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place)
		s.conf.Log.Warn("Jira redirects each request: set jira.url to where it leads", "to",
			s.errors.sanitizeText(base))
	})
}

// isSameSite says whether two addresses are of one host: of one name and port, or of one name and the usual ports of
// http and https.
func isSameSite(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	return portOf(a) == portOf(b) || hasUsualPort(a) && hasUsualPort(b)
}

func portOf(u *url.URL) string {
	port := u.Port()
	switch {
	case port == "" && u.Scheme == "http":
		return "80"
	case port == "" && u.Scheme == "https":
		return "443"
	}
	return port
}

func hasUsualPort(u *url.URL) bool {
	return u.Scheme == "http" && portOf(u) == "80" || u.Scheme == "https" && portOf(u) == "443"
}

// guessBase guesses the base address of a Jira from where a request to a known base is redirected, "" where it cannot.
func guessBase(to, from, base *url.URL) string {
	place := strings.TrimPrefix(from.EscapedPath(), base.EscapedPath())
	prefix, ok := strings.CutSuffix(strings.TrimSuffix(to.EscapedPath(), "/"), place)
	if !ok {
		return ""
	}
	return siteRoot(to) + strings.TrimRight(prefix, "/")
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

// siteRoot returns an address without its path.
func siteRoot(u *url.URL) string { return u.Scheme + "://" + u.Host }
