package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Matcher tells of which visitors a rule speaks: of whoever is logged in, of one login, or of who has a claim.
type Matcher struct {
	anybody bool
	login   string
	claim   string
	value   string
}

// ParseMatcher reads how the configuration names visitors: `*` (whoever is logged in), `CLAIM=VALUE` (what the identity
// provider says of them), else a login as the provider or the proxy writes it.
func ParseMatcher(text string) (Matcher, error) {
	claim, value, isClaim := strings.Cut(text, "=")
	switch {
	case text == "*":
		return Matcher{anybody: true}, nil
	case strings.TrimSpace(text) != text || text == "":
		return Matcher{}, fmt.Errorf("%q is no login; write a login, * for whoever is logged in, or CLAIM=VALUE", text)
	case !isClaim:
		return Matcher{login: text}, nil
	case claim == "" || value == "":
		return Matcher{}, fmt.Errorf("%q has no claim or no value; write CLAIM=VALUE, as in groups=staff", text)
	}
	return Matcher{claim: claim, value: value}, nil
}

// Claim is the claim that the matcher asks for, "" for none: what is kept of an identity is what rules ask for.
func (m Matcher) Claim() string { return m.claim }

func (m Matcher) matches(who Identity) bool {
	switch {
	case m.anybody:
		return true
	case m.claim != "":
		return slices.Contains(who.Claims[m.claim], m.value)
	}
	return m.login == who.Login
}

// Rules say who may do what, and see which team. A team that Teams does not name is seen by whoever has the role.
type Rules struct {
	Roles map[Role][]Matcher
	Teams map[string][]Matcher
}

// DefaultRules let whoever is logged in look at everything.
func DefaultRules() Rules { return Rules{Roles: map[Role][]Matcher{Viewer: {{anybody: true}}}} }

// Claims are the names of the claims that the rules ask for, in order.
func (r Rules) Claims() []string {
	var names []string
	add := func(matchers []Matcher) {
		for _, m := range matchers {
			if m.claim != "" && !slices.Contains(names, m.claim) {
				names = append(names, m.claim)
			}
		}
	}
	for _, matchers := range r.Roles {
		add(matchers)
	}
	for _, matchers := range r.Teams {
		add(matchers)
	}
	slices.Sort(names)
	return names
}

// Identity is who asks, as a proxy or an identity provider says.
type Identity struct {
	Login  string
	Claims map[string][]string // those that rules ask for
}

// VisitorOf says what an identity may do by the rules, and which of the teams it may see, in their order.
func (r Rules) VisitorOf(who Identity, teams []string) Visitor {
	v := Visitor{Login: who.Login}
	for _, role := range roles {
		if anyMatches(r.Roles[role], who) {
			v.Roles = append(v.Roles, role)
		}
	}
	for _, team := range teams {
		if named, restricted := r.Teams[team]; !restricted || anyMatches(named, who) {
			v.Teams = append(v.Teams, team)
		}
	}
	return v
}

func anyMatches(matchers []Matcher, who Identity) bool {
	return slices.ContainsFunc(matchers, func(m Matcher) bool { return m.matches(who) })
}
