package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jerem/access/rules"
)

// OIDC is how people log in at an identity provider that speaks OpenID Connect: by the code flow, with PKCE, state and
// nonce.
type OIDC struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	Login        string // the claim that is the login; email counts only where email_verified says so
	URL          string // of this server as people reach it, its path prefix included, without a slash at the end
}

const (
	loginPath     = "/login"
	callbackPath  = "/login/callback"
	logoutPath    = "/logout"
	loggedOutPath = "/logged-out"    // told by the server that stands behind the gate
	loginTime     = 10 * time.Minute // to come back from the provider
	providerTime  = 20 * time.Second // for one question to the provider
)

// provider asks the identity provider.
type provider struct {
	OIDC
	discovery
	places places
	claims []string // that the rules ask for
}

func newProvider(o OIDC, client *http.Client, claims []string) *provider {
	return &provider{OIDC: o, discovery: discovery{issuer: o.Issuer, client: client}, claims: claims,
		places: make(places, mostAtProvider)}
}

func (p *provider) clientConfig(found *oidc.Provider) *oauth2.Config {
	scopes := []string{oidc.ScopeOpenID, "email", "profile"}
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: p.URL + callbackPath, Scopes: scopes}
}

// pendingLogin is what a browser brings back from the provider, in a cookie that it alone has.
type pendingLogin struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	To       string `json:"t"` // the address that was asked for
}

func newPendingLogin(to string) pendingLogin {
	return pendingLogin{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), To: to}
}

// loginAddress is where the browser is sent to log in.
func (p *provider) loginAddress(ctx context.Context, login pendingLogin) (string, error) {
	if !p.places.takePlace() {
		return "", errCrowded
	}
	defer p.places.leavePlace()
	found, err := p.findProvider(ctx)
	if err != nil {
		return "", err
	}
	return p.clientConfig(found).AuthCodeURL(login.State, oidc.Nonce(login.Nonce),
		oauth2.S256ChallengeOption(login.Verifier)), nil
}

// identifyLogin takes what the provider sent back with the browser, and returns who logged in.
func (p *provider) identifyLogin(ctx context.Context, answer url.Values, login pendingLogin) (rules.Identity, error) {
	if subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(login.State)) != 1 {
		return rules.Identity{}, errors.New("the answer belongs to another login")
	}
	if issuer := answer.Get("iss"); answer.Has("iss") && issuer != p.Issuer { // RFC 9207
		return rules.Identity{}, errors.New("the answer comes from another identity provider: iss names it")
	}
	if code := answer.Get("error"); code != "" {
		return rules.Identity{}, fmt.Errorf("the identity provider says %q", plainText(code))
	}
	if !p.places.takePlace() {
		return rules.Identity{}, errCrowded
	}
	defer p.places.leavePlace()
	found, err := p.findProvider(ctx)
	if err != nil {
		return rules.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.clientConfig(found).Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(login.Verifier))
	if err != nil {
		return rules.Identity{}, exchangeError(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := found.Verifier(&oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil {
		return rules.Identity{}, tokenError(err)
	}
	if err := p.checkAddressee(idToken); err != nil {
		return rules.Identity{}, err
	}
	if subtle.ConstantTimeCompare([]byte(idToken.Nonce), []byte(login.Nonce)) != 1 {
		return rules.Identity{}, errors.New("the identity provider's token belongs to another login")
	}
	claims, err := p.claimsOf(ctx, found, token, idToken)
	if err != nil {
		return rules.Identity{}, err
	}
	return p.identityOf(claims)
}

// checkAddressee refuses a token that tells of nobody, or that was made for another client of the provider though this
// one is among those that may read it (OpenID Connect Core 1.0, 2 and 3.1.3.7).
func (p *provider) checkAddressee(token *oidc.IDToken) error {
	var says struct {
		AuthorizedParty string `json:"azp"`
	}
	if err := token.Claims(&says); err != nil {
		return err
	}
	switch {
	case token.Subject == "":
		return errors.New("the identity provider's token tells of nobody: it has no sub")
	case says.AuthorizedParty != "" && says.AuthorizedParty != p.ClientID:
		return errors.New("the identity provider's token was made for another client: azp names it")
	}
	return nil
}

// endAddress is where the provider ends its own session, "" where it has no such address.
func (p *provider) endAddress(ctx context.Context) string {
	if !p.places.takePlace() {
		return ""
	}
	defer p.places.leavePlace()
	found, err := p.findProvider(ctx)
	if err != nil {
		return ""
	}
	var says struct {
		End string `json:"end_session_endpoint"`
	}
	if found.Claims(&says) != nil {
		return ""
	}
	end, err := url.Parse(says.End)
	if err != nil || end.Scheme != "https" && end.Scheme != "http" || end.Host == "" {
		return ""
	}
	query := end.Query()
	query.Set("client_id", p.ClientID)
	query.Set("post_logout_redirect_uri", p.URL+"/")
	end.RawQuery = query.Encode()
	return end.String()
}
