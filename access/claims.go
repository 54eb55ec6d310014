package access

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jerem/access/rules"
)

const (
	emailClaim    = "email"
	verifiedClaim = "email_verified"
)

// claimsOf returns what the provider says of who logged in: what its token tells, and where that lacks something that
// is needed, what it answers when it is asked about the same person. The token wins. An address and the word that it
// is verified are taken from one of the two, since each speaks of its own address.
func (p *provider) claimsOf(ctx context.Context, found *oidc.Provider, token *oauth2.Token,
	idToken *oidc.IDToken) (map[string]any, error) {
	var claims, more map[string]any
	if err := idToken.Claims(&claims); err != nil {
		return nil, err
	}
	lacks := func(name string) bool {
		return claimTexts(claims, name) == nil || name == emailClaim && claims[verifiedClaim] == nil
	}
	if !lacks(p.Login) && !slices.ContainsFunc(p.claims, lacks) || found.UserInfoEndpoint() == "" {
		return claims, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: it does not tell who logged in: %w", errFailing, err)
	case info.Subject != idToken.Subject:
		return nil, errors.New("the identity provider tells of somebody else")
	}
	if err := info.Claims(&more); err != nil {
		return nil, err
	}
	return joinClaims(claims, more), nil
}

// joinClaims adds what the provider answered to what its token tells.
func joinClaims(token, answer map[string]any) map[string]any {
	joined := map[string]any{}
	maps.Copy(joined, answer)
	maps.Copy(joined, token)
	source := token
	hasEmail := func(claims map[string]any) bool { return claimTexts(claims, emailClaim) != nil }
	if !hasEmail(token) || token[verifiedClaim] == nil && hasEmail(answer) {
		source = answer
	}
	for _, name := range []string{emailClaim, verifiedClaim} {
		joined[name] = source[name]
	}
	return joined
}

// identityOf reads the login and the claims that rules ask for. An address that is not verified is none.
func (p *provider) identityOf(claims map[string]any) (rules.Identity, error) {
	login := claimTexts(claims, p.Login)
	verified := isVerified(claims)
	switch {
	case len(login) != 1 || !plainLogin(login[0]):
		return rules.Identity{}, fmt.Errorf("the identity provider tells no login in the claim %q", p.Login)
	case p.Login == emailClaim && !verified:
		return rules.Identity{}, errors.New("the identity provider has not verified the address; " +
			"access.oidc.login names another claim")
	}
	who := rules.Identity{Login: strings.TrimSpace(login[0]), Claims: map[string][]string{}}
	for _, name := range p.claims {
		if texts := claimTexts(claims, name); texts != nil && (name != emailClaim || verified) {
			who.Claims[name] = texts
		}
	}
	return who, nil
}

// isVerified tells whether the provider has verified the address. Some write the word as a text.
func isVerified(claims map[string]any) bool {
	said := claims[verifiedClaim]
	return said == true || said == "true"
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
