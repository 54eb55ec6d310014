package transport

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"jerem/problem"
	"jerem/scrub"
)

// The kinds of trouble.
const (
	Unreachable  problem.Code = "jira.unreachable"  // no answer: name, route, time-out, TLS
	NotJira      problem.Code = "jira.not_jira"     // an answer that no Jira gives
	Unauthorized problem.Code = "jira.unauthorized" // 401: the credentials are wrong
	Forbidden    problem.Code = "jira.forbidden"    // 403: they are right and not enough
	NotFound     problem.Code = "jira.not_found"    // 404: gone or hidden
	BadRequest   problem.Code = "jira.bad_request"  // 400: Jira does not understand the question
	Gone         problem.Code = "jira.gone"         // 410: the address was removed
	Limited      problem.Code = "jira.rate_limited" // 429, after all patience
	Failing      problem.Code = "jira.failing"      // 5xx, after all patience
	TooDeep      problem.Code = "jira.too_deep"     // a search is followed further than its platform goes
	// InvalidResponse is an answer that contradicts itself, has another shape or exceeds all bounds.
	InvalidResponse problem.Code = "jira.invalid_response"
)

// errCut says that an answer broke off.
var errCut = errors.New("answer cut")

// errSlow says that we gave up waiting for the end of an answer.
var errSlow = errors.New("answer too slow")

// errorWriter words what goes wrong with a request: the site and the place, what is wrong, and the remedy.
type errorWriter struct {
	base     *url.URL
	scrubber *scrub.Scrubber
	lacking  func(place string) []string // scopes that a token may lack for a place
}

// siteName names the site.
func (w *errorWriter) siteName() string { return w.base.Host + w.base.Path }

// sanitizeText makes words of an answer fit to be told: without our own credentials, without what could control a
// terminal, and no longer than a log can bear. Every word of an answer that an error tells goes through it.
func (w *errorWriter) sanitizeText(text string) string {
	return replaceControls(shortenText(w.scrubber.Message(text)))
}

// withoutAnswer explains why there is no answer, and whether asking again may help.
func (w *errorWriter) withoutAnswer(ctx context.Context, place string, err error) (wait time.Duration, _ error) {
	if ctx.Err() != nil {
		return neverAgain, ctx.Err()
	}
	var refused *problem.Problem // a redirect that was not followed
	if errors.As(err, &refused) {
		return neverAgain, refused
	}
	return 0, w.explainUnreachable(place, err)
}

// explainContradiction says that an answer contradicts itself.
func (w *errorWriter) explainContradiction(place, what string) error {
	return &problem.Problem{
		Code: InvalidResponse, Message: fmt.Sprintf("jira %s: %s: %s", w.siteName(), place, w.sanitizeText(what)),
		Hint: "Something between, or another kind of server, answers for Jira.",
	}
}

// checkWhole refuses an answer that lacks what every such answer has.
func (w *errorWriter) checkWhole(place string, answer any) error {
	one, ok := answer.(Answer)
	if !ok {
		return nil
	}
	if name := one.Lacking(); name != "" {
		return w.explainContradiction(place, "the answer has no "+name)
	}
	return nil
}

// noJSON says that something else than a Jira answers.
func (w *errorWriter) noJSON(place string, res *http.Response) error {
	kind := res.Header.Get("Content-Type")
	what := "but " + w.sanitizeText(kind)
	switch {
	case kind == "":
		what = "but something unnamed"
	case strings.Contains(kind, "json"):
		what = "though it says so"
	}
	return &problem.Problem{
		Code: NotJira, Status: res.StatusCode,
		Message: fmt.Sprintf("jira %s: %s: the answer is no JSON %s", w.siteName(), place, what),
		Hint:    "Check jira.url: this looks like another server, a login page or a proxy.",
	}
}

// otherShape says that an answer cannot be read as what was asked for.
func (w *errorWriter) otherShape(place string, status int, err error) error {
	return &problem.Problem{
		Code: InvalidResponse, Status: status,
		Message: fmt.Sprintf("jira %s: %s: an answer of another shape: %s", w.siteName(), place,
			w.sanitizeText(err.Error())),
		Hint: "Check jira.url: a Jira of another kind, or something else, answers there.",
	}
}

// tooLarge says that an answer exceeds a bound.
func (w *errorWriter) tooLarge(place string, bound *boundError) error {
	hint := "No Jira answers so: check jira.url, and what stands between."
	if bound.ofSize {
		hint = "No Jira answers so; where yours really does, jira.max_answer allows more bytes."
	}
	return &problem.Problem{
		Code: InvalidResponse, Status: http.StatusOK, Cause: bound, Hint: hint,
		Message: fmt.Sprintf("jira %s: %s: the answer is refused: %s", w.siteName(), place, bound.what),
	}
}

// redirectRefused says why a redirect is not followed; base is where Jira seems to be, "" where that is not told.
func (w *errorWriter) redirectRefused(place, what, base string) error {
	p := &problem.Problem{
		Code: NotJira, Message: fmt.Sprintf("jira %s: %s: %s", w.siteName(), place, w.sanitizeText(what)),
		Hint: "Set jira.url to the address that Jira itself uses, and check the credentials; they are never sent " +
			"elsewhere.",
	}
	if base != "" {
		p.Hint = "If that is your Jira, set jira.url to " + w.sanitizeText(base) +
			"; credentials are never sent elsewhere."
	}
	return p
}

// explainUnreachable explains why no answer came.
func (w *errorWriter) explainUnreachable(place string, err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	code, what, hint := Unreachable, place+": no answer", "Check jira.url and the network."
	var dns *net.DNSError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		what, hint = "the host is not known", "Check the host name in jira.url."
	case errors.As(err, &authority), errors.As(err, &name):
		what = "its TLS certificate is not trusted"
		hint = "Add the certificate authority to the system, or correct jira.url."
	case errors.As(err, &invalid):
		what, hint = "its TLS certificate is not valid", "It may be out of date: tell who keeps that server."
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		what = "it answers without TLS"
		hint = "If it is your Jira, write http:// in jira.url, or name its port of https."
	case errors.As(err, &op) && op.Op == "remote error": // an alert of TLS
		what, hint = "it refuses the TLS connection", "Check host and port in jira.url, and whether a proxy is needed."
	case errors.Is(err, errSlow):
		code, what = Failing, place+": the answer does not come to its end in time"
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		what = place + ": no answer in time"
	case errors.As(err, &op) && op.Op == "dial":
		what, hint = "connection refused", "Check host and port in jira.url, and whether a proxy is needed."
	case errors.Is(err, errCut):
		code, what, hint = Failing, place+": the answer breaks off", "A proxy between may cut long answers."
	}
	return &problem.Problem{
		Code: code, Message: fmt.Sprintf("jira %s: %s", w.siteName(), what), Hint: hint,
		Cause: errors.New("request failed"),
	}
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// explainRefusal explains an answer that is no success.
func (w *errorWriter) explainRefusal(q question, status int, header http.Header, body []byte) error {
	place := q.place
	said, isJSON := messagesOf(body)
	said = keepToldWords(w.sanitizeText(said), q.askedText())
	e := &problem.Problem{Status: status, Message: fmt.Sprintf("jira %s: %s: %s", w.siteName(), place,
		statusText(status, said))}
	switch {
	case status == http.StatusUnauthorized:
		e.Code, e.Hint = Unauthorized, w.loginHint(place, header, said)
	case status == http.StatusForbidden:
		e.Code, e.Hint = Forbidden, "The account needs the permission to browse the project and to see the board."
		if header.Get("X-Seraph-LoginReason") == "AUTHENTICATION_DENIED" {
			e.Code, e.Hint = Unauthorized, "Jira asks for a CAPTCHA after failed logins: log in once in a browser."
		}
	case status == http.StatusNotFound && !isJSON, isInfo(place) && isUnknownAddress(status):
		e.Code, e.Hint = NotJira, "No Jira answers at "+siteRoot(w.base)+w.base.EscapedPath()+place+". "+w.addressHint()
	case status == http.StatusNotFound:
		e.Code, e.Hint = NotFound, "It does not exist, or the account must not see it."
	case status == http.StatusGone:
		e.Code, e.Hint = Gone, "This address was removed from Jira; a newer version of jerem is needed."
	case status == http.StatusTooManyRequests:
		e.Code, e.Hint = Limited, "Jira limits the rate of requests; the next cycle tries again."
		if reason := reasonOf(header); reason != unnamed {
			e.Message += " (" + reason + ")"
		}
	case status >= 500 && bytes.Contains(body, []byte("Search limit exceeded")):
		e.Code, e.Hint = TooDeep, "The search platform of this Jira allows fewer results than usual "+
			"(jira.search.platform.max.result.window)."
	case status >= 500:
		e.Code, e.Hint = Failing, "Jira itself has trouble; the next cycle tries again."
	case status < 400:
		e.Code, e.Hint = NotJira, "No Jira answers so: check jira.url, and what stands between."
	default:
		e.Code = BadRequest
		if said == "" {
			e.Hint = "It does not say why: `jerem check` tells whether the configuration is, else look at what " +
				"stands between."
		}
	}
	return e
}

// isInfo tells whether a place is the one that every Jira has, for every account.
func isInfo(place string) bool { return strings.HasSuffix(place, infoPlace) }

// isUnknownAddress tells whether a status refuses the address, not who asks nor how often: what has [infoPlace] never
// answers it so.
func isUnknownAddress(status int) bool {
	return slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed,
		http.StatusNotAcceptable}, status)
}

// addressHint says what may be wrong with the address of the site.
func (w *errorWriter) addressHint() string {
	switch {
	case w.base.Path == "":
		return "Check jira.url: a context path such as /jira may be missing."
	case strings.HasPrefix(w.base.Path, gatewayPath):
		return "Check the id of the site in jira.url: " + siteRoot(w.base) + gatewayPath + "CLOUD_ID."
	}
	return "Check jira.url: its path " + w.base.Path + " may be that of a page; the address of the site may be " +
		siteRoot(w.base) + "."
}

func (w *errorWriter) loginHint(place string, header http.Header, said string) string {
	switch {
	case strings.Contains(said, "scope"):
		return "The token lacks a scope: this question needs " + strings.Join(w.lacking(place), " and ") +
			"; docs/jira.md lists all."
	case strings.HasSuffix(w.base.Hostname(), ".atlassian.net"):
		return "On Cloud jira.username is the e-mail and jira.password an API token that has not expired. A token " +
			"with scopes works only at " + cloudGatewayURL + gatewayPath + "CLOUD_ID."
	case header.Get("X-Seraph-LoginReason") != "":
		return "Check jira.username and jira.password, or use a personal access token as jira.token: basic login " +
			"may be switched off."
	}
	return "Check jira.username and jira.password (on Cloud: e-mail and API token), or jira.token."
}

// statusText puts a status and what was said into words.
func statusText(status int, said string) string {
	text := fmt.Sprintf("%d %s", status, http.StatusText(status))
	if said != "" {
		text += ": " + said
	}
	return text
}

// messagesOf returns what a Jira says in an error, and whether the answer is JSON at all.
func messagesOf(body []byte) (string, bool) {
	var said struct {
		Messages []string        `json:"errorMessages"`
		Errors   json.RawMessage `json:"errors"`
		Message  string          `json:"message"`
	}
	if json.Unmarshal(body, &said) != nil {
		return "", false
	}
	parts := said.Messages
	var fields map[string]string
	if json.Unmarshal(said.Errors, &fields) == nil {
		for name, text := range fields {
			parts = append(parts, name+": "+text)
		}
		sort.Strings(parts)
	}
	if said.Message != "" {
		parts = append(parts, said.Message)
	}
	return strings.Join(parts, " "), true
}

// shortenText cuts what a Jira says to what a log can bear, after a whole character.
func shortenText(text string) string {
	const most = 500
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// replaceControls replaces what could control a terminal.
func replaceControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
