package publish

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"

	"jerem/problem"
)

// This file is what sinks over HTTP share: trying again, and what a missing answer tells.

// longestPause is the longest time between two tries of a request.
const longestPause = time.Minute

// AsksForLater tells whether a server that takes nothing now names a time (Retry-After) beyond the longest pause. What
// cannot be read says nothing.
func AsksForLater(res *http.Response) bool {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode < 500 {
		return false
	}
	text := strings.TrimSpace(res.Header.Get("Retry-After"))
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return seconds > int64(longestPause/time.Second)
	}
	now, _ := http.ParseTime(res.Header.Get("Date")) // by the server's own clock
	at, err := http.ParseTime(text)
	return err == nil && !now.IsZero() && at.Sub(now) > longestPause
}

// Later gives a refusal the cause [ErrLater].
func Later(refusal error) error {
	var e *problem.Problem
	if errors.As(refusal, &e) {
		e.Cause = ErrLater
	}
	return refusal
}

// Retry makes a request until it is answered well, trying again is useless or not wanted before later, or so many tries
// were made. pause is the time before the second try; it doubles up to a minute.
func Retry(ctx context.Context, tries uint, pause time.Duration, request func() (again bool, err error)) error {
	growing := &backoff.ExponentialBackOff{InitialInterval: pause, RandomizationFactor: 0.3, Multiplier: 2,
		MaxInterval: longestPause}
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		again, err := request()
		if err != nil && (!again || errors.Is(err, ErrLater) || ctx.Err() != nil) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(growing), backoff.WithMaxTries(tries), backoff.WithMaxElapsedTime(0))
	var permanent *backoff.PermanentError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &permanent): // of the last try
		return permanent.Unwrap()
	}
	return err
}

// WithoutRedirects returns a client that follows no redirection: it would hand the token to another server, and turn
// the post into a get that is answered with success. nil is the default client.
func WithoutRedirects(client *http.Client) http.Client {
	own := http.Client{}
	if client != nil {
		own = *client
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return own
}

// BrokenOff tells whether a request had reached somebody and did not end: something in between may take
// none of its size, or none that lasts as long.
func BrokenOff(err error) bool {
	var timeout interface{ Timeout() bool }
	late := errors.As(err, &timeout) && timeout.Timeout()
	return late || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE)
}

// RootReason is what a request failed by, without the address, which may hold a token.
func RootReason(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
