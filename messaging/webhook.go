package messaging

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"

	"jerem/httpanswer"
)

// Letter is a text for a receiver.
type Letter struct {
	ID      string // the same if it is sent again
	Subject string
	Text    string
}

// PostJSON posts a body to a webhook; the ID is the same if it is posted again. It is taken where the answer is a 2xx
// that tells neither a page nor a failure; a redirect is not followed, as it would carry the text to somebody else. The
// error shows no address.
func PostJSON(ctx context.Context, client *http.Client, address, id string, body any) error {
	ctx, stop := context.WithTimeout(ctx, timeOut)
	defer stop()
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(text))
	if err != nil {
		return errors.New("the receiver is no address of a webhook")
	}
	written := false
	request = request.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(w httptrace.WroteRequestInfo) { written = w.Err == nil },
	}))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", id)
	staying := *client
	staying.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := staying.Do(request)
	if err != nil && written {
		return fmt.Errorf("the webhook got the message and gave no answer (%w): it may have taken it",
			errorOf(err))
	}
	if err != nil {
		return withoutAddress(err)
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<16)) // what came says enough
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("the webhook answered %d", answer.StatusCode)
	}
	return checkReceipt(answer.StatusCode, said)
}

// checkReceipt tells why an answer of status 2xx is none of a receiver that took a text. Slack and Mattermost answer
// "ok", Teams "1" or nothing, others JSON, or what they like; a page is a login or another site. A connector of Teams
// tells in an answer of status 200 that it could not deliver. What is said may hold secrets, and is not told.
func checkReceipt(status int, said []byte) error {
	switch {
	case httpanswer.IsPage(said):
		return fmt.Errorf("the webhook answered %d with a page: something asks for a login, or its address is "+
			"that of a site", status)
	case httpanswer.TellsFailure(said), strings.Contains(strings.ToLower(string(said)), "delivery failed"):
		return fmt.Errorf("the webhook answered %d, and that it did not deliver", status)
	}
	return nil
}

// withoutAddress is an error of a request without the address, which may hold a secret.
func withoutAddress(err error) error {
	return fmt.Errorf("the webhook cannot be reached: %w", errorOf(err))
}

// errorOf returns what went wrong with a request, without its address.
func errorOf(err error) error {
	var wrong *url.Error
	switch {
	case errors.As(err, &wrong):
		return wrong.Err
	}
	return errors.New("the connection broke")
}

// TryWebhook tells whether the host of a webhook answers, over TLS with a certificate that is trusted where its address
// says https; where a proxy stands before it (HTTPS_PROXY), whether that one does. Nothing is asked of it: whether it
// takes a message only a message tells. The error shows no address.
func TryWebhook(ctx context.Context, address string) error {
	ctx, stop := context.WithTimeout(ctx, timeOut)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, nil)
	if err != nil || request.URL.Hostname() == "" {
		return errors.New("the receiver is no address of a webhook")
	}
	u, err := http.ProxyFromEnvironment(request)
	if err != nil {
		return errors.New("the proxy of the environment has no address that can be read")
	}
	if u == nil {
		u = request.URL
	}
	port := u.Port()
	if port == "" {
		port = u.Scheme // a name of a service, as port numbers are known by
	}
	place := net.JoinHostPort(u.Hostname(), port)
	var connection net.Conn
	if u.Scheme == "https" {
		connection, err = (&tls.Dialer{}).DialContext(ctx, "tcp", place)
	} else {
		connection, err = (&net.Dialer{}).DialContext(ctx, "tcp", place)
	}
	if err != nil {
		return fmt.Errorf("the webhook cannot be reached: %w", err)
	}
	return connection.Close()
}
