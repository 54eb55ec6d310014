package rules

import (
	"strings"
	"testing"
)

func mustParse(t *testing.T, texts ...string) []Matcher {
	t.Helper()
	var list []Matcher
	for _, text := range texts {
		m, err := ParseMatcher(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

// TestVisitorOf: a role and a team are had by whom the rules name, and by nobody else.
func TestVisitorOf(t *testing.T) {
	teams := []string{"Kubernetes", "Metal", "Storage"}
	rules := Rules{
		Roles: map[Role][]Matcher{
			Viewer:   mustParse(t, "*"),
			Operator: mustParse(t, "ada", "groups=leads"),
			Pay:      mustParse(t, "realm_access.roles=hr"),
		},
		Teams: map[string][]Matcher{"Metal": mustParse(t, "ada", "groups=metal"), "Storage": nil},
	}
	for _, c := range []struct {
		who   Identity
		roles string
		teams string
	}{
		{Identity{Login: "bob"}, "viewer", "Kubernetes"},
		{Identity{Login: "ada"}, "viewer operator", "Kubernetes Metal"},
		{Identity{Login: "Ada"}, "viewer", "Kubernetes"},
		{Identity{Login: "bob", Claims: map[string][]string{"groups": {"x", "leads"}}}, "viewer operator",
			"Kubernetes"},
		{Identity{Login: "bob", Claims: map[string][]string{"groups": {"metal"}}}, "viewer", "Kubernetes Metal"},
		{Identity{Login: "groups=leads"}, "viewer", "Kubernetes"},
		{Identity{Login: "*"}, "viewer", "Kubernetes"},
		{Identity{Login: "eve", Claims: map[string][]string{"realm_access.roles": {"hr"}}}, "viewer pay", "Kubernetes"},
	} {
		v := rules.VisitorOf(c.who, teams)
		var had []string
		for _, r := range v.Roles {
			had = append(had, string(r))
		}
		if got := strings.Join(had, " "); got != c.roles {
			t.Errorf("%v: roles %q, want %q", c.who, got, c.roles)
		}
		if got := strings.Join(v.Teams, " "); got != c.teams {
			t.Errorf("%v: teams %q, want %q", c.who, got, c.teams)
		}
	}
	if got := strings.Join(rules.Claims(), " "); got != "groups realm_access.roles" {
		t.Errorf("claims asked for: %q", got)
	}
}

// TestNobodyIsViewerByDefault: a role that nobody is named for is had by nobody.
func TestNobodyIsViewerByDefault(t *testing.T) {
	if v := (Rules{}).VisitorOf(Identity{Login: "ada"}, nil); len(v.Roles) != 0 {
		t.Errorf("roles %v", v.Roles)
	}
}

// TestParseMatcher: what names nobody is refused.
func TestParseMatcher(t *testing.T) {
	for _, text := range []string{"", " ", " ada", "=x", "groups="} {
		if m, err := ParseMatcher(text); err == nil {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
	if m, err := ParseMatcher("groups=a=b"); err != nil || m.Claim != "groups" || m.Value != "a=b" {
		t.Errorf("a value with = is read as %+v, %v", m, err)
	}
}
