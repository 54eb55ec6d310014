package warp10

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"jerem/problem"
	"jerem/publish"
	"jerem/scrub"
)

// hideToken takes a token out of a text in whatever form a server quotes it, before any of the text is cut, else its
// beginning could be told.
func hideToken(text, token string) string { return scrub.Of(token).Message(text) }

// refusalOf explains an answer that is no success.
func (c client) refusalOf(status int, text string) (again bool, err error) {
	if bad := parseBadLine(text); status == http.StatusBadRequest && bad != nil {
		return false, bad
	}
	e := &problem.Problem{Status: status, Message: c.maskToken(fmt.Sprintf("warp10 %s: %d: %s", c.hostName(), status,
		text))}
	switch {
	case status == http.StatusForbidden && strings.Contains(text, "oken"):
		e.Code, e.Hint = publish.Token, "Set metrics.token to a write token that is valid for this platform."
		if strings.Contains(text, "xpired") {
			e.Hint = "The write token has expired: set metrics.token to a new one."
		}
	case status == http.StatusForbidden:
		e.Code, e.Hint = publish.Refused, "The platform takes no updates: its operator switched them off."
	case status == http.StatusUnauthorized, status == http.StatusProxyAuthRequired:
		e.Code, e.Hint = publish.NotASink, "Something before the platform asks for a login."
	case status == http.StatusTooManyRequests:
		e.Code, e.Hint = publish.Limited, "A quota of the platform is used up; it is posted again later."
		return true, e
	case status == http.StatusRequestEntityTooLarge:
		e.Code, e.Cause = publish.TooLarge, publish.ErrTooMuch
		e.Hint = "Something before the platform takes no requests of this size: smaller ones are tried."
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status < 400:
		e.Code, e.Hint = publish.NotASink, "Check metrics.url: no Warp 10 answers there."
	case status >= 500:
		e.Code, e.Hint = publish.Failing, "The platform has trouble; it is posted again later."
		if status == http.StatusBadGateway || status == http.StatusGatewayTimeout {
			e.Cause = publish.ErrTooMuch // a proxy that waits no longer
		}
		return true, e
	default:
		e.Code, e.Hint = publish.Refused, "The platform does not take these points."
	}
	return false, e
}

// notDeleted explains why a delete was refused. It answers 500 to a token that may not.
func (c client) notDeleted(status int, text, what string) (again bool, err error) {
	e := &problem.Problem{Code: publish.NoDeletes, Status: status,
		Message: c.maskToken(fmt.Sprintf("warp10 %s: %s: %s", c.hostName(), what, text))}
	switch {
	case strings.Contains(text, "oken"):
		e.Hint = "Set metrics.token to a write token that may delete."
		if !strings.Contains(text, "for deletions") { // the token itself is wrong or has expired
			e.Code = publish.Token
		}
	case status == http.StatusForbidden:
		e.Hint = "The platform takes no deletions: its operator switched them off."
	default:
		again, err := c.refusalOf(status, text)
		var bad *badLine
		if errors.As(err, &bad) { // a delete holds no line; what it complains of is the request
			return false, &problem.Problem{Code: publish.Refused, Status: status, Message: e.Message}
		}
		return again, err
	}
	return false, e
}

// badLine is a line that the server cannot read.
type badLine struct{ line, reason, message string }

// Error returns what the server said.
func (b *badLine) Error() string { return b.message }

// gap stands for what a server left out of the middle of a long message.
const gap = "..."

var (
	badLineText = regexp.MustCompile(`(?s)^Parse error at index \d+ in '(.*)' \((.*)\)$`)
	badLineOpen = regexp.MustCompile(`(?s)^Parse error at index \d+ in '(.*)$`)
)

// parseBadLine finds the line that a server complains of, nil if it complains of none. Where the end
// of the line was left out of the message, the line is what stands before.
func parseBadLine(text string) *badLine {
	if m := badLineText.FindStringSubmatch(text); m != nil {
		return &badLine{m[1], m[2], text}
	}
	if m := badLineOpen.FindStringSubmatch(text); m != nil {
		line, _, _ := strings.Cut(m[1], gap)
		return &badLine{line + gap, "the line cannot be read", text}
	}
	return nil
}

var tooFar = regexp.MustCompile(`^Timestamp (-?\d+) is too far in the (past|future)`)

// outOfRange tells a line that is refused for its time alone; unit is that of its tick. nil where it is
// another trouble.
func (b *badLine) outOfRange(host string, unit int64) *publish.OutOfRange {
	m := tooFar.FindStringSubmatch(b.reason)
	if m == nil {
		return nil
	}
	tick, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return nil
	}
	return &publish.OutOfRange{Future: m[2] == "future", Tick: toMicroseconds(tick, unit),
		Message: fmt.Sprintf("warp10 %s: %s", host, b.message)}
}

// standsIn tells whether a text may hold the line.
func (b *badLine) standsIn(text string) bool {
	for line := range strings.Lines(text) {
		if b.matchesLine(strings.TrimSuffix(line, "\n")) {
			return true
		}
	}
	return false
}

// matchesLine tells whether a line is this one. Three dots stand for themselves or for what was left out, so
// each of them is tried.
func (b *badLine) matchesLine(line string) bool {
	if line == b.line {
		return true
	}
	for from := 0; ; {
		i := strings.Index(b.line[from:], gap)
		if i < 0 {
			return false
		}
		head, tail := b.line[:from+i], b.line[from+i+len(gap):]
		if len(line) >= len(head)+len(tail) && strings.HasPrefix(line, head) && strings.HasSuffix(line, tail) {
			return true
		}
		from += i + 1
	}
}

var (
	messageRow = regexp.MustCompile(`(?s)<th>MESSAGE:</th><td>(.*?)</td>`)
	titleRow   = regexp.MustCompile(`(?s)<title>(.*?)</title>`)
)

// longest is how many characters of a foreign message are told; a platform sends 1,024 at most.
const longest = 1100

// messageOf returns what an error page says, as valid text.
func messageOf(page []byte) string {
	for _, row := range []*regexp.Regexp{messageRow, titleRow} {
		m := row.FindSubmatch(page)
		if m == nil {
			continue
		}
		text := []rune(strings.TrimSpace(html.UnescapeString(decodePage(m[1]))))
		if len(text) > longest {
			text = append(text[:longest], '…')
		}
		return strings.TrimPrefix(string(text), "Error when updating data: ")
	}
	return "no reason told"
}

// decodePage reads a page as UTF-8 or, where it is none, as Latin-1, which a platform sends.
func decodePage(page []byte) string {
	if utf8.Valid(page) {
		return string(page)
	}
	text := make([]rune, len(page))
	for i, c := range page {
		text[i] = rune(c)
	}
	return string(text)
}
