package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Matcher tells of which visitors a rule speaks: of whoever is logged in, of one login, or of who has a claim.
type Matcher struct {
	Anybody bool   // whoever is logged in
	Login   string // "" where it is told by a claim
	Claim   string
	Value   string
}

// ParseMatcher reads how the configuration names visitors: `*` (whoever is logged in), `CLAIM=VALUE` (what the identity
// provider says of them), else a login as the provider or the proxy writes it.
func ParseMatcher(text string) (Matcher, error) {
	claim, value, isClaim := strings.Cut(text, "=")
	switch {
	case text == "*":
		return Matcher{Anybody: true}, nil
	case strings.TrimSpace(text) != text || text == "":
		return Matcher{}, fmt.Errorf("%q is no login; write a login, * for whoever is logged in, or CLAIM=VALUE", text)
	case !isClaim:
		return Matcher{Login: text}, nil
	case claim == "" || value == "":
		return Matcher{}, fmt.Errorf("%q has no claim or no value; write CLAIM=VALUE, as in groups=staff", text)
	}
	return Matcher{Claim: claim, Value: value}, nil
}

func (m Matcher) matchesIdentity(who Identity) bool {
	switch {
	case m.Anybody:
		return true
	case m.Claim != "":
		return slices.Contains(who.Claims[m.Claim], m.Value)
	}
	return m.Login == who.Login
}

// Rules say who may do what, and see which team. A team that Teams does not name is seen by whoever has the role.
type Rules struct {
	Roles map[Role][]Matcher
	Teams map[string][]Matcher
}

// DefaultRules let whoever is logged in look at everything.
func DefaultRules() Rules { return Rules{Roles: map[Role][]Matcher{Viewer: {{Anybody: true}}}} }

// Claims are the names of the claims that the rules ask for, in order.
func (r Rules) Claims() []string {
	var names []string
	add := func(matchers []Matcher) {
		for _, m := range matchers {
			if m.Claim != "" && !slices.Contains(names, m.Claim) {
				names = append(names, m.Claim)
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
	return slices.ContainsFunc(matchers, func(m Matcher) bool { return m.matchesIdentity(who) })
}
