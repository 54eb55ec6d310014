// Package warp10 posts series to a Warp 10 platform over HTTP, and tells what one answers in words of publish.
package warp10

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// Sink posts to a Warp 10 platform over HTTP. docs/warp10.md says how one behaves.
type Sink struct {
	URL    string // base address; /api/v0/update is added where it is not there
	Token  string // a write token
	Client *http.Client
	Tries  int           // for one request, 5 by default
	Pause  time.Duration // before the second try, 1 s by default; it doubles up to a minute
	// TicksPerSecond is the time unit of a platform that does not tell its own: 1,000,000 by default. One that
	// tells it is followed, for it would take ticks of another unit silently and wrongly.
	TicksPerSecond int64

	told atomic.Int64 // the unit in use, 0 before the platform was asked
}

// maxRejected bounds how many series are set aside before a push gives up: a server that takes
// nothing has another trouble than the series.
const maxRejected = 100

// Name returns warp10 and the host, so that another server is another sink.
func (w *Sink) Name() string {
	u, err := url.Parse(w.URL)
	if err != nil {
		return "warp10"
	}
	return "warp10 " + u.Host + strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/api/v0/update")
}

// Push posts series in one request, grouped by series and compressed. A request is not atomic: after a
// failure all of it is sent again. A series that the server cannot read is set aside.
func (w *Sink) Push(ctx context.Context, list []series.Series) error {
	p := &push{Sink: w, aside: map[string]string{}}
	if err := p.askUnit(ctx); err != nil {
		return err
	}
	if err := p.batch(ctx, list); err != nil {
		return err
	}
	if len(p.order) == 0 {
		return nil
	}
	r := &publish.Rejected{}
	for _, key := range p.order {
		r.Series = append(r.Series, publish.Rejection{Series: key, Reason: p.aside[key]})
	}
	return r
}

// push is one call of Push.
type push struct {
	*Sink
	aside map[string]string // series that are not taken, by key, with the reason
	order []string
}

// batch sends a batch until all of it that the server can read is taken.
func (p *push) batch(ctx context.Context, batch []series.Series) error {
	for {
		left := p.without(batch)
		if len(left) == 0 {
			return nil
		}
		err := p.send(ctx, left)
		var bad *badLine
		if !errors.As(err, &bad) {
			return err
		}
		if out := bad.outOfRange(p.host(), p.units()); out != nil {
			return out
		}
		if err := p.setAside(ctx, left, bad); err != nil {
			return err
		}
	}
}

func (p *push) without(batch []series.Series) []series.Series {
	var out []series.Series
	for i := range batch {
		if _, ok := p.aside[batch[i].Key()]; !ok {
			out = append(out, batch[i])
		}
	}
	return out
}

// setAside finds the series that a bad line belongs to. A line that several may have written is
// found by sending each of them alone.
func (p *push) setAside(ctx context.Context, batch []series.Series, bad *badLine) error {
	var suspects []series.Series
	for i := range batch {
		if bad.in(p.text(batch[i : i+1])) {
			suspects = append(suspects, batch[i])
		}
	}
	before := len(p.order)
	switch {
	case before >= maxRejected:
	case len(suspects) == 1:
		p.reject(suspects[0], bad)
	default:
		for _, s := range suspects {
			var alone *badLine
			if err := p.send(ctx, []series.Series{s}); errors.As(err, &alone) {
				p.reject(s, alone)
			} else if err != nil {
				return err
			}
		}
	}
	if len(p.order) > before {
		return nil
	}
	return &problem.Problem{Code: publish.Refused, Status: http.StatusBadRequest, Message: p.masked(fmt.Sprintf("warp10 %s: %s", p.host(), bad.message)),
		Hint: "The server takes none of these points: check its limits and those of the token."}
}

// reject sets a series aside.
func (p *push) reject(s series.Series, bad *badLine) {
	key := s.Key()
	p.aside[key] = p.masked(fmt.Sprintf("%s, in %q", bad.reason, bad.line))
	p.order = append(p.order, key)
}

// text writes series as the server reads them, in its time unit.
func (w *Sink) text(list []series.Series) string {
	if unit := w.units(); unit != 1_000_000 {
		scaled := make([]series.Series, len(list))
		for i, s := range list {
			scaled[i] = s
			scaled[i].Points = rescale(s.Points, unit)
		}
		list = scaled
	}
	var b strings.Builder
	_ = series.WriteGTS(&b, list) // a builder takes everything
	return b.String()
}

// rescale turns microseconds into another unit; of points that fall together the last one stays.
func rescale(points []series.Point, unit int64) []series.Point {
	var out []series.Point
	for _, p := range points {
		p.Tick = scaled(p.Tick, unit)
		if n := len(out); n > 0 && out[n-1].Tick == p.Tick {
			out = out[:n-1]
		}
		out = append(out, p)
	}
	return out
}

// send posts series until they are taken or patience is over.
func (p *push) send(ctx context.Context, list []series.Series) error {
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	if _, err := io.WriteString(zip, p.text(list)); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return p.patiently(ctx, func() (bool, error) {
		again, err := p.post(ctx, body.Bytes())
		var e *problem.Problem
		if errors.As(err, &e) && e.Code == publish.Limited && len(list) > 1 {
			again = false // the same would be refused at the same place: a part of it is tried first
		}
		return again, err
	})
}

// patiently tries a request until it is taken, trying again is useless, or patience is over.
func (p *push) patiently(ctx context.Context, request func() (again bool, err error)) error {
	pause := &backoff.ExponentialBackOff{InitialInterval: cmp.Or(p.Pause, time.Second), RandomizationFactor: 0.3, Multiplier: 2, MaxInterval: time.Minute}
	pause.Reset()
	for try := 1; ; try++ {
		again, err := request()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil || !again || try == cmp.Or(p.Tries, 5) {
			return err
		}
		timer := time.NewTimer(pause.NextBackOff())
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// post sends a body once; again says that trying again may help.
func (p *push) post(ctx context.Context, body []byte) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address("update"), bytes.NewReader(body))
	if err != nil || !p.addressed() {
		return false, p.noAddress()
	}
	req.Header.Set("X-Warp10-Token", p.Token)
	req.Header.Set("Content-Type", "application/gzip")
	status, answer, err := p.answer(req)
	if err != nil {
		return true, err
	}
	if status == http.StatusOK && len(bytes.TrimSpace(answer)) == 0 { // whoever says more is no Warp 10
		return false, nil
	}
	return p.refusal(status, p.said(answer))
}

// addressed tells whether the platform's address can be one.
func (w *Sink) addressed() bool {
	u, err := url.Parse(w.URL)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func (p *push) noAddress() error {
	return &problem.Problem{Code: publish.NotASink, Message: "warp10: metrics.url is no address", Hint: "Write it like https://warp10.example."}
}

// answer sends a request and returns what came back.
func (p *push) answer(req *http.Request) (status int, body []byte, err error) {
	res, err := p.http().Do(req)
	if err != nil {
		unreachable := &problem.Problem{Code: publish.Unreachable, Message: p.masked(fmt.Sprintf("warp10 %s: no answer: %v", p.host(), reason(err))),
			Hint: "Check metrics.url and the network; nothing is lost, it is posted again."}
		if brokenOff(err) {
			unreachable.Cause = publish.ErrTooMuch
		}
		return 0, nil, unreachable
	}
	defer res.Body.Close()
	body, _ = io.ReadAll(io.LimitReader(res.Body, 1<<20)) // what came says enough
	return res.StatusCode, body, nil
}

// brokenOff tells whether a request had reached somebody and did not end: something in between may take
// none of its size, or none that lasts as long.
func brokenOff(err error) bool {
	var timeout interface{ Timeout() bool }
	late := errors.As(err, &timeout) && timeout.Timeout()
	return late || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// Delete removes stretches of series, one request each: a delete touches nothing but what it names.
func (w *Sink) Delete(ctx context.Context, ranges []series.Range) error {
	p := &push{Sink: w}
	if err := p.askUnit(ctx); err != nil {
		return err
	}
	for _, r := range ranges {
		query := url.Values{"selector": {r.Key}, "start": {fmt.Sprint(scaled(r.First, w.units()))}, "end": {fmt.Sprint(scaled(r.Last, w.units()))}}
		if err := p.patiently(ctx, func() (bool, error) { return p.remove(ctx, query) }); err != nil {
			return err
		}
	}
	return nil
}

// remove asks for one delete; again says that trying again may help.
func (p *push) remove(ctx context.Context, query url.Values) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address("delete")+"?"+query.Encode(), nil)
	if err != nil || !p.addressed() {
		return false, p.noAddress()
	}
	req.Header.Set("X-Warp10-Token", p.Token)
	status, answer, err := p.answer(req)
	switch {
	case err != nil:
		return true, err
	case status == http.StatusOK && !bytes.HasPrefix(bytes.TrimSpace(answer), []byte("<")): // a list of series, no page
		return false, nil
	}
	return p.notDeleted(status, p.said(answer), "points that are no more cannot be deleted")
}

// notDeleted explains why a delete was refused. It answers 500 to a token that may not.
func (p *push) notDeleted(status int, text, what string) (again bool, err error) {
	e := &problem.Problem{Code: publish.NoDeletes, Status: status, Message: p.masked(fmt.Sprintf("warp10 %s: %s: %s", p.host(), what, text))}
	switch {
	case strings.Contains(text, "oken"):
		e.Hint = "Set metrics.token to a write token that may delete."
		if !strings.Contains(text, "for deletions") { // the token itself is wrong or has expired
			e.Code = publish.Token
		}
	case status == http.StatusForbidden:
		e.Hint = "The platform takes no deletions: its operator switched them off."
	default:
		again, err := p.refusal(status, text)
		var bad *badLine
		if errors.As(err, &bad) { // a delete holds no line; what it complains of is the request
			return false, &problem.Problem{Code: publish.Refused, Status: status, Message: e.Message}
		}
		return again, err
	}
	return false, e
}

// http returns a client that follows no redirection: it would hand the token to another server, and
// turn the post into a get that is answered with success.
func (w *Sink) http() *http.Client {
	client := http.Client{}
	if w.Client != nil {
		client = *w.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// address returns the address of an endpoint.
func (w *Sink) address(endpoint string) string {
	base := strings.TrimRight(w.URL, "/")
	base = strings.TrimSuffix(base, "/update")
	base = strings.TrimSuffix(base, "/api/v0")
	return base + "/api/v0/" + endpoint
}

func (w *Sink) host() string {
	u, err := url.Parse(w.URL)
	if err != nil {
		return "metrics.url"
	}
	return u.Host
}
