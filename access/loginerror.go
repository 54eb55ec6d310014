package access

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/oauth2"

	"jerem/problem"
)

var (
	// errFailing is what the provider does wrong: no visitor is to blame for it.
	errFailing = errors.New("the identity provider fails")
	// errNotItsClient is what a wrong client_id or client_secret comes to, as after a change at the provider.
	errNotItsClient = errors.New("the identity provider does not take this server's client_id and client_secret: " +
		"correct access.oidc.client_secret")
)

// isOfProvider tells whether a login failed for what the provider or the configuration does, not for what the visitor
// brought: that counts as no attempt of theirs.
func isOfProvider(err error) bool {
	for _, fault := range []error{errCrowded, errNoAnswer, errFailing, errNotItsClient} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

// invalidToken is a token that lets nobody in. Why is for the log: visitors can do nothing about it.
type invalidToken struct{ cause error }

const tokenIsInvalid = "the identity provider's token is not valid"

// Error tells why, for the log.
func (e *invalidToken) Error() string { return tokenIsInvalid + ": " + e.cause.Error() }

// Unwrap returns what was wrong with the token.
func (e *invalidToken) Unwrap() error { return e.cause }

// tokenError tells a token that is wrong from keys that could not be had to look at it: the library tells both by a
// text alone.
func tokenError(err error) error {
	if strings.Contains(err.Error(), errFailing.Error()) || strings.Contains(err.Error(), "fetching keys") {
		return fmt.Errorf("%w: %s", errFailing, plainError(err))
	}
	return &invalidToken{err}
}

// exchangeError leaves out of an error what the provider sent: it may hold the code or the secret again.
func exchangeError(err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case errors.Is(err, errFailing):
		return err
	case !errors.As(err, &refused):
		return fmt.Errorf("%w: what it answers to a code is no token", errFailing)
	}
	status := 0
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	if status == http.StatusUnauthorized || refused.ErrorCode == "invalid_client" ||
		refused.ErrorCode == "unauthorized_client" {
		return errNotItsClient
	}
	return fmt.Errorf("the identity provider refuses the code: %d %s", status, plainText(refused.ErrorCode))
}

// plainText makes a text from outside fit for a message: on one line, and short.
func plainText(text string) string {
	text = strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return '?'
		}
		return c
	}, text)
	return text[:min(len(text), 60)]
}

// loginProblem tells a visitor that a login failed, and keeps why for the log.
func loginProblem(err error) *problem.Problem {
	why := err.Error()
	var invalid *invalidToken
	if errors.As(err, &invalid) {
		why = tokenIsInvalid
	}
	return &problem.Problem{Code: LoginFailed, Status: http.StatusForbidden,
		Message: "the login failed: " + why,
		Hint: "Try again from the beginning; if it fails again, whoever runs this server finds the reason in " +
			"its log.",
		Cause: err}
}
