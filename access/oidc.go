package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jerem/access/rules"
	"jerem/problem"
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

// provider asks the identity provider. What it says of itself is asked for when somebody logs in for the first time, so
// that this server starts while the provider is down.
type provider struct {
	OIDC
	client *http.Client
	claims []string // that the rules ask for

	mu    sync.Mutex
	found *oidc.Provider
}

// discoverProvider returns what the provider says of itself. Its keys are fetched and renewed behind it.
func (p *provider) discoverProvider() (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// The context lives on in the provider, for the keys; the client bounds each question.
	found, err := oidc.NewProvider(oidc.ClientContext(context.Background(), p.client), p.Issuer)
	if err != nil {
		return nil, err
	}
	p.found = found
	return found, nil
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
func (p *provider) loginAddress(login pendingLogin) (string, error) {
	found, err := p.discoverProvider()
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
	if code := answer.Get("error"); code != "" {
		return rules.Identity{}, fmt.Errorf("the identity provider says %q", plainText(code))
	}
	found, err := p.discoverProvider()
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
		return rules.Identity{}, fmt.Errorf("the identity provider's token is not valid: %w", err)
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

// claimsOf returns what the provider says of who logged in: what its token tells, and where that lacks something that
// is needed, what it answers when it is asked about the same person. The token wins.
func (p *provider) claimsOf(ctx context.Context, found *oidc.Provider, token *oauth2.Token,
	idToken *oidc.IDToken) (map[string]any, error) {
	var claims, more map[string]any
	if err := idToken.Claims(&claims); err != nil {
		return nil, err
	}
	lacks := func(name string) bool { return claimTexts(claims, name) == nil }
	if !lacks(p.Login) && !slices.ContainsFunc(p.claims, lacks) || found.UserInfoEndpoint() == "" {
		return claims, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the identity provider does not tell who logged in: %w", err)
	case info.Subject != idToken.Subject:
		return nil, errors.New("the identity provider tells of somebody else")
	}
	if err := info.Claims(&more); err != nil {
		return nil, err
	}
	maps.Copy(more, claims)
	return more, nil
}

// exchangeError leaves out of an error what the provider sent: it may hold the code or the secret again.
func exchangeError(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		status := 0
		if refused.Response != nil {
			status = refused.Response.StatusCode
		}
		return fmt.Errorf("the identity provider refuses the code: %d %s", status, plainText(refused.ErrorCode))
	}
	return errors.New("the identity provider cannot be asked")
}

// identityOf reads the login and the claims that rules ask for.
func (p *provider) identityOf(claims map[string]any) (rules.Identity, error) {
	login := claimTexts(claims, p.Login)
	switch {
	case len(login) != 1 || !plainLogin(login[0]):
		return rules.Identity{}, fmt.Errorf("the identity provider tells no login in the claim %q", p.Login)
	case p.Login == "email" && claims["email_verified"] != true:
		return rules.Identity{}, errors.New("the identity provider has not verified the address; " +
			"access.oidc.login names another claim")
	}
	who := rules.Identity{Login: strings.TrimSpace(login[0]), Claims: map[string][]string{}}
	for _, name := range p.claims {
		if texts := claimTexts(claims, name); texts != nil {
			who.Claims[name] = texts
		}
	}
	return who, nil
}

// claimTexts returns the values of a claim as texts: of one that is a list, each. A name that is no claim is a path, as
// in realm_access.roles.
func claimTexts(claims map[string]any, name string) []string {
	value, found := claims[name]
	if !found {
		head, rest, isPath := strings.Cut(name, ".")
		inner, isObject := claims[head].(map[string]any)
		if !isPath || !isObject {
			return nil
		}
		return claimTexts(inner, rest)
	}
	switch value := value.(type) {
	case string:
		return []string{value}
	case bool, float64:
		return []string{fmt.Sprint(value)}
	case []any:
		var texts []string
		for _, v := range value {
			if text, isText := v.(string); isText {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return nil
}

// endAddress is where the provider ends its own session, "" where it has no such address.
func (p *provider) endAddress() string {
	found, err := p.discoverProvider()
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
	return &problem.Problem{Code: LoginFailed, Status: http.StatusForbidden,
		Message: "the login failed: " + err.Error(),
		Hint: "Try again from the beginning; if it fails again, whoever runs this server finds the reason in " +
			"its log.",
		Cause: err}
}
