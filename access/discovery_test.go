package access

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// TestProviderThatHangs: a provider that takes questions and answers none is asked once for all who wait; no more wait
// than there are places, those who go away leave theirs, and once it answers people log in.
func TestProviderThatHangs(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	release := make(chan struct{})
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		<-release
		_, _ = io.WriteString(w, fmt.Sprintf(`{"issuer":%q,"authorization_endpoint":"%[1]s/auth"}`, server.URL))
	}))
	t.Cleanup(server.Close)
	p := newProvider(OIDC{Issuer: server.URL, ClientID: "jerem"}, server.Client(), nil)
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error, mostAtProvider)
	for range mostAtProvider {
		go func() {
			_, err := p.loginAddress(ctx, newPendingLogin("/"))
			ended <- err
		}()
	}
	for len(p.places) < mostAtProvider || asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := p.loginAddress(t.Context(), newPendingLogin("/")); !errors.Is(err, errCrowded) {
		t.Errorf("one more: %v", err)
	}
	if end := p.endAddress(t.Context()); end != "" {
		t.Errorf("the end of the session is at %q", end)
	}
	leave()
	for range mostAtProvider {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("who goes away: %v", err)
		}
	}
	close(release)
	if address, err := p.loginAddress(t.Context(), newPendingLogin("/")); err != nil || address == "" {
		t.Errorf("when it answers again: %q, %v", address, err)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the provider was asked %d times", n)
	}
}

// TestEmailIsVerifiedBySource: an address counts with the word that was said of this very address, in the token or in
// what the provider answers, and of an unverified one neither a login nor a rule knows.
func TestEmailIsVerifiedBySource(t *testing.T) {
	type claims = map[string]any
	said := func(address string, word any) claims { return claims{"email": address, "email_verified": word} }
	for name, x := range map[string]struct {
		token, answer claims
		login, email  string // "" where there is none
	}{
		"the token says both":            {said("a@x", true), nil, "a@x", "a@x"},
		"as a text":                      {said("a@x", "true"), nil, "a@x", "a@x"},
		"the token says no":              {said("a@x", false), said("a@x", true), "", ""},
		"another text":                   {said("a@x", "yes"), nil, "", ""},
		"the answer says both":           {claims{}, said("a@x", true), "a@x", "a@x"},
		"the answer has the word":        {claims{"email": "a@x"}, said("a@x", true), "a@x", "a@x"},
		"the word is of another address": {claims{"email": "op@x"}, said("evil@x", true), "evil@x", "evil@x"},
		"the word is of no address":      {claims{"email": "op@x"}, claims{"email_verified": true}, "", ""},
		"the address alone is answered":  {claims{"email_verified": true}, claims{"email": "evil@x"}, "", ""},
	} {
		joined := joinClaims(x.token, x.answer)
		p := newProvider(OIDC{Login: "email"}, nil, []string{"email"})
		who, err := p.identityOf(joined)
		if who.Login != x.login || (err != nil) != (x.login == "") {
			t.Errorf("%s: the login is %q, %v", name, who.Login, err)
		}
		joined["name"] = "ada"
		p.Login = "name"
		who, err = p.identityOf(joined)
		got := ""
		if texts := who.Claims["email"]; len(texts) == 1 {
			got = texts[0]
		}
		if err != nil || got != x.email {
			t.Errorf("%s: rules know the address %q, %v", name, got, err)
		}
	}
}
