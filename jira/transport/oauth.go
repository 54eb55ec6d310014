package transport

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"jerem/problem"
)

// OAuth is the credential of a service account: client credentials of OAuth 2.0.
type OAuth struct {
	ClientID     string
	ClientSecret string

	// Where tokens of Cloud are given, and through which address its sites are asked by them. Empty for Atlassian's.
	AuthURL    string
	GatewayURL string
}

// Atlassian's addresses for service accounts of Cloud.
const (
	cloudAuthURL    = "https://auth.atlassian.com/oauth/token"
	cloudGatewayURL = "https://api.atlassian.com"
	gatewayPath     = "/ex/jira/" // of a site at the gateway, before its id
	// dataCenterTokens is where Data Center gives tokens, under the address of the site.
	dataCenterTokens = "/rest/oauth2/latest/token"
	// tenantInfo is where a site of Cloud tells its id, to anybody.
	tenantInfo = "/_edge/tenant_info"
)

// renewShare is after which share of its life a token is renewed.
const renewShare = 0.9

// defaultLife is the life of a token that tells none.
const defaultLife = 10 * time.Minute

// oauthLogin logs in as a service account: it finds out where, and holds a token that has not ended.
type oauthLogin struct {
	conf  OAuth
	site  *url.URL
	words *errorWriter
	http  *http.Client
	warn  func(text string, args ...any)

	mu      sync.Mutex // held while a token is asked for: one asks
	base    *url.URL   // where questions go; nil until it is found
	place   string     // where tokens are given
	token   *oauth2.Token
	renewAt time.Time
	granted []string // scopes; nil where the server does not tell them
}

func newOAuthLogin(conf Config, site *url.URL, words *errorWriter, client *http.Client) *oauthLogin {
	return &oauthLogin{conf: conf.OAuth, site: site, words: words, http: client, warn: conf.Log.Warn}
}

// logIn returns where questions go, and the token to ask them with.
func (o *oauthLogin) logIn(ctx context.Context) (base *url.URL, token string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.base == nil {
		if err := o.findSite(ctx); err != nil {
			return nil, "", err
		}
	}
	if o.token == nil || !time.Now().Before(o.renewAt) {
		if err := o.renewToken(ctx); err != nil {
			return nil, "", err
		}
	}
	return o.base, o.token.AccessToken, nil
}

// forgetToken has another token asked for, where the one of before was refused.
func (o *oauthLogin) forgetToken() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.token = nil
}

// cloudIDForm is what an id of a site looks like. Anything else is none: it goes into an address.
var cloudIDForm = regexp.MustCompile(`^[0-9a-zA-Z-]{8,64}$`)

// findSite finds out where the site is asked with tokens: Cloud through Atlassian's gateway, by the id that the site
// tells, Data Center at its own address.
func (o *oauthLogin) findSite(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.site.String()+tenantInfo, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "jerem")
	res, err := o.http.Do(req)
	if err != nil {
		_, err = o.words.withoutAnswer(ctx, tenantInfo, err)
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	switch {
	case err != nil:
		_, err = o.words.withoutAnswer(ctx, tenantInfo, errCut)
		return err
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests:
		return o.words.explainRefusal(question{place: tenantInfo}, res.StatusCode, res.Header, body)
	}
	var told struct {
		ID string `json:"cloudId"`
	}
	if res.StatusCode == http.StatusOK && json.Unmarshal(body, &told) == nil && told.ID != "" {
		return o.useCloud(told.ID)
	}
	if strings.HasSuffix(o.site.Hostname(), ".atlassian.net") {
		return o.words.explainContradiction(tenantInfo, "the site does not tell its cloud id")
	}
	o.base, o.place = o.site, o.site.String()+dataCenterTokens
	return nil
}

func (o *oauthLogin) useCloud(id string) error {
	if !cloudIDForm.MatchString(id) {
		return o.words.explainContradiction(tenantInfo, "its cloud id is none: "+id)
	}
	base, err := url.Parse(cmp.Or(o.conf.GatewayURL, cloudGatewayURL) + gatewayPath + id)
	if err != nil {
		return err
	}
	o.base, o.place = base, cmp.Or(o.conf.AuthURL, cloudAuthURL)
	return nil
}

// renewToken asks for a token.
func (o *oauthLogin) renewToken(ctx context.Context) error {
	credentials := clientcredentials.Config{ClientID: o.conf.ClientID, ClientSecret: o.conf.ClientSecret,
		TokenURL: o.place, AuthStyle: oauth2.AuthStyleInParams}
	if o.base == o.site { // Data Center wants to be told; Cloud gives what the credential was made with
		credentials.Scopes = []string{"READ"}
	}
	asked := time.Now()
	token, err := credentials.Token(context.WithValue(ctx, oauth2.HTTPClient, o.http))
	if err != nil {
		return o.explainTokenRefused(ctx, err)
	}
	if token.AccessToken == "" || !strings.EqualFold(token.Type(), "bearer") {
		return o.words.explainContradiction("oauth/token", "it gives no bearer token")
	}
	life := defaultLife
	if !token.Expiry.IsZero() {
		life = token.Expiry.Sub(asked)
	}
	o.token, o.renewAt = token, asked.Add(time.Duration(float64(life)*renewShare))
	o.words.scrubber.AddSecret(token.AccessToken)
	scopes, _ := token.Extra("scope").(string)
	if o.base != o.site && scopes != "" {
		o.noteScopes(strings.Fields(scopes))
	}
	return nil
}

// lackingFor returns the scopes that a token lacks for a place: all that the place needs where none of them is known to
// be granted, or nothing is known.
func (o *oauthLogin) lackingFor(place string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if lacking := lackingScopes(o.granted, scopesOf(place)); len(lacking) > 0 {
		return lacking
	}
	return scopesOf(place)
}

// noteScopes keeps which scopes a token has, and tells once what lacks.
func (o *oauthLogin) noteScopes(granted []string) {
	first := o.granted == nil
	o.granted = granted
	if lacking := lackingScopes(granted, allScopes()); first && len(lacking) > 0 {
		o.warn("the token of jira.oauth lacks scopes: what needs them will be refused", "lacking",
			strings.Join(lacking, " "))
	}
}

// explainTokenRefused says why no token was given, without what the answer may repeat of the secret.
func (o *oauthLogin) explainTokenRefused(ctx context.Context, err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		_, err := o.words.withoutAnswer(ctx, "oauth/token", err)
		return err
	}
	said := cmp.Or(refused.ErrorDescription, refused.ErrorCode)
	status := 0
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	p := &problem.Problem{
		Code: Unauthorized, Status: status,
		Message: fmt.Sprintf("jira %s: oauth/token: %s", o.words.siteName(),
			statusText(status, keepToldWords(o.words.sanitizeText(said), ""))),
		Hint: "Check jira.oauth.client_id and jira.oauth.client_secret: they are those of an OAuth 2.0 " +
			"credential of a " +
			"service account, which has not ended.",
	}
	switch {
	case status == http.StatusTooManyRequests:
		p.Code, p.Hint = Limited, "Tokens are asked for too often; the next cycle tries again."
	case status >= 500:
		p.Code, p.Hint = Failing, "Tokens cannot be had for the moment; the next cycle tries again."
	case status == http.StatusNotFound || status < 400:
		p.Code, p.Hint = NotJira, "Check jira.url: no tokens are given for this site. Data Center gives them "+
			"from 8.22 on, "+
			"to an incoming link with client credentials."
	}
	return p
}
