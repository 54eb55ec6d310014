package config

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"jerem/access/rules"
	"jerem/config/schema"
)

// Access is who may look.
type Access struct {
	Mode    string        // off, proxy or oidc
	Open    bool          // in mode off: everybody who reaches the address may look
	Keep    time.Duration // how long the journal of what visitors did is kept
	Metrics string        // open, token, or "" for open where nobody but this machine can ask
	Header  string        // in mode proxy: the header that holds the login
	Trusted []netip.Prefix
	OIDC    struct {
		Issuer       string
		ClientID     string
		ClientSecret schema.Secret
		Login        string // the claim that is the login
	}
	Rules rules.Rules
}

// The modes of access.
const (
	AccessOff   = "off"
	AccessProxy = "proxy"
	AccessOIDC  = "oidc"
)

var accessKeys = []key{
	schema.OneOfKey("access.mode", []string{AccessOff, AccessProxy, AccessOIDC},
		func(t *target) *string { return &t.config.Access.Mode }),
	schema.BoolKey("access.open", func(t *target) *bool { return &t.config.Access.Open }),
	schema.DurationKey("access.keep", 24*time.Hour, func(t *target) *time.Duration { return &t.config.Access.Keep }),
	schema.OneOfKey("access.metrics", []string{"open",
		"token"}, func(t *target) *string { return &t.config.Access.Metrics }),
	headerKey("access.header"),
	prefixesKey("access.trusted"),
	issuerKey("access.oidc.issuer"),
	schema.FilledKey("access.oidc.client_id", func(t *target) *string { return &t.config.Access.OIDC.ClientID }),
	secretKey("access.oidc.client_secret",
		func(t *target) *schema.Secret { return &t.config.Access.OIDC.ClientSecret }),
	schema.FilledKey("access.oidc.login", func(t *target) *string { return &t.config.Access.OIDC.Login }),
	visitorsKey("access.roles.viewer", rules.Viewer),
	visitorsKey("access.roles.member", rules.Member),
	visitorsKey("access.roles.operator", rules.Operator),
	visitorsKey("access.roles.pay", rules.Pay),
	{Name: "access.teams", What: "a section"},
}

// headerKey is the name of a header of HTTP.
func headerKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		isSign := func(c rune) bool {
			return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		}
		if strings.ContainsFunc(v.Text, func(c rune) bool { return !isSign(c) }) {
			bad(v, schema.QuoteValue(v)+" is not the name of a header", "write it like X-Forwarded-User")
			return
		}
		t.config.Access.Header = v.Text
	}}
}

// issuerKey is an address that is kept as it is written: the slash at its end is part of an issuer's name.
func issuerKey(name string) key {
	k := schema.AddressKey(name, func(t *target) *string { return &t.config.Access.OIDC.Issuer })
	check := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		check(t, v, bad)
		if t.config.Access.OIDC.Issuer != "" {
			t.config.Access.OIDC.Issuer = v.Text
		}
	}
	return k
}

// prefixesKey is a list of addresses and of networks.
func prefixesKey(name string) key {
	return key{Name: name, What: "a list of texts", List: true,
		Set: func(t *target, v schema.Value, bad schema.Report) {
			for _, i := range v.Items {
				prefix, err := parsePrefix(i.Text)
				if err != nil {
					bad(i, schema.QuoteValue(i)+" is not an address or a network",
						"write it like 10.1.2.3, 10.1.0.0/16 or fd00::/8")
					continue
				}
				t.config.Access.Trusted = append(t.config.Access.Trusted, prefix)
			}
		}}
}

func parsePrefix(text string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(text); err == nil {
		address = address.Unmap()
		return address.Prefix(address.BitLen())
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return prefix.Masked(), nil
}

// visitorsKey is a list of those who have a role.
func visitorsKey(name string, role rules.Role) key {
	return key{Name: name, What: "a list of texts", List: true,
		Set: func(t *target, v schema.Value, bad schema.Report) {
			t.config.Access.Rules.Roles[role] = readMatchers(v, bad)
		}}
}

func readMatchers(v schema.Value, bad schema.Report) []rules.Matcher {
	list := []rules.Matcher{}
	for _, i := range v.Items {
		m, err := rules.ParseMatcher(i.Text)
		if err != nil {
			bad(i, err.Error(), "")
			continue
		}
		list = append(list, m)
	}
	return list
}

// readAccessTeams reads who may see which team: a list of visitors under the name of each team.
func readAccessTeams(l *schema.Loader, top *tree, c *Config) {
	e, ok := top.Entries["access.teams"]
	if !ok || schema.IsNull(e.Value) {
		return
	}
	const key = "access.teams"
	pairs := schema.FollowAliases(e.Value).Content
	if schema.KindOf(e.Value) != "a section" {
		l.AddError(schema.PositionOf(e.Value), key, "must hold teams, is "+schema.KindOf(e.Value),
			"write a team and a list of who may see it: {Metal: [ada, \"groups=metal\"]}")
		return
	}
	c.Access.Rules.Teams = map[string][]rules.Matcher{}
	bad := func(v schema.Value, message, hint string) { l.AddError(v.At, v.Key, message, hint) }
	for i := 0; i+1 < len(pairs); i += 2 {
		name, at := pairs[i].Value, schema.PositionOf(pairs[i])
		named := fmt.Sprintf("%s[%s]", key, schema.QuoteText(name))
		if _, twice := c.Access.Rules.Teams[name]; twice {
			l.AddError(at, named, "is set twice", "keep one of them")
			continue
		}
		if !slices.ContainsFunc(c.Teams, func(t Team) bool { return t.Name == name }) {
			l.AddError(at, named, "is not a team of this file",
				"write the label of an entry of projects, else its name as written; the teams are "+
					schema.ListNames(c.teamNames()))
			continue
		}
		v, fine := schema.ResolveValue(l, &tree{Prefix: named}, &keyOfList, schema.FollowAliases(pairs[i+1]))
		if fine {
			c.Access.Rules.Teams[name] = readMatchers(v, bad)
		}
	}
}

// keyOfList reads a list of texts that stands under no key of its own.
var keyOfList = key{What: "a list of texts", List: true}

// checkTLS reports half of what TLS needs.
func checkTLS(l *schema.Loader, t *tree) {
	const cert, key = "server.tls.cert", "server.tls.key"
	_, hasCert := t.Given[cert]
	_, hasKey := t.Given[key]
	switch {
	case hasCert && !hasKey:
		schema.ReportMissing(l, t, key, "the file of the certificate's key; or remove "+cert+" for plain HTTP", cert)
	case hasKey && !hasCert:
		schema.ReportMissing(l, t, cert, "the file of the certificate with its chain; or remove "+key+" for plain HTTP",
			key)
	}
}

// checkAccess reports what a mode lacks, and what means nothing in it: a rule that does not hold must not look as if
// it did.
func checkAccess(l *schema.Loader, t *tree, c *Config) {
	a := &c.Access
	require := func(key, hint string) {
		if _, given := t.Given[key]; !given {
			schema.ReportMissing(l, t, key, hint, "access.mode")
		}
	}
	switch a.Mode {
	case AccessOff:
		refuseBeside(l, t, "access.mode is off, so nobody logs in and this holds for nobody",
			"set access.mode to proxy or oidc, or remove it", "access.roles.", "access.teams", "access.oidc.",
			"access.header")
	case AccessProxy:
		require("access.trusted", "the addresses that your proxy asks from: from elsewhere its header is not believed")
		refuseBeside(l, t, "access.mode is proxy, so it holds for nobody", "set access.mode to oidc, or remove it",
			"access.oidc.")
		if claims := a.Rules.Claims(); len(claims) > 0 {
			l.AddError(placeOfRules(t), "access", "the rules ask for claims ("+strings.Join(claims, ", ")+
				"), which a proxy's header does not tell", "name logins, or set access.mode to oidc")
		}
	case AccessOIDC:
		require("access.oidc.issuer", "the address of your identity provider, as in https://id.example/realms/staff")
		require("access.oidc.client_id", "the name that this server has at the identity provider")
		require("access.oidc.client_secret", "the secret that the identity provider gave for client_id, best by "+
			"JEREM_ACCESS_OIDC_CLIENT_SECRET")
		require("server.url", "the address that people use: the identity provider sends them back to it, "+
			"and has to know it followed by /login/callback")
	}
	switch {
	case a.Mode == AccessOff || !a.Open:
	case t.Given["access.open"].Variable != "": // as a container's image sets it, for who sets no mode
		a.Open = false
	default:
		l.AddError(t.Given["access.open"], "access.open",
			"says that everybody may look, but access.mode asks who they are",
			"keep one of them")
	}
}

// refuseBeside reports keys that mean nothing.
func refuseBeside(l *schema.Loader, t *tree, message, hint string, prefixes ...string) {
	for i := range t.Table.Keys() {
		name := t.Table.Keys()[i].Name
		given := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
		at, set := t.Given[name]
		if set && slices.ContainsFunc(prefixes, given) {
			l.AddError(at, name, message, hint)
		}
	}
}

func placeOfRules(t *tree) schema.Position {
	for i := range t.Table.Keys() {
		name := t.Table.Keys()[i].Name
		if at, set := t.Given[name]; set && (strings.HasPrefix(name, "access.roles.") || name == "access.teams") {
			return at
		}
	}
	return t.At
}
