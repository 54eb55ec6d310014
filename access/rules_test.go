package access

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
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
		{Identity{Login: "bob", Claims: map[string][]string{"groups": {"x", "leads"}}}, "viewer operator", "Kubernetes"},
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
	if v := VisitorOf(t.Context()); v.May(Viewer) || len(v.Teams) != 0 {
		t.Errorf("a request that no gate saw may look: %v", v)
	}
}

// TestParseMatcher: what names nobody is refused.
func TestParseMatcher(t *testing.T) {
	for _, text := range []string{"", " ", " ada", "=x", "groups="} {
		if m, err := ParseMatcher(text); err == nil {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
	if m, err := ParseMatcher("groups=a=b"); err != nil || m.claim != "groups" || m.value != "a=b" {
		t.Errorf("a value with = is read as %+v, %v", m, err)
	}
}

// TestProxy: the header is believed from trusted addresses alone, and only where it holds one login.
func TestProxy(t *testing.T) {
	p := Proxy{Header: "X-Forwarded-User", Trusted: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"),
		netip.MustParsePrefix("::1/128")}}
	for _, c := range []struct {
		name, from string
		header     []string
		login      string // "" for kept out
	}{
		{"trusted", "10.1.2.3:999", []string{"ada"}, "ada"},
		{"spaces around", "10.1.2.3:999", []string{" ada "}, "ada"},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:999", []string{"ada"}, "ada"},
		{"IPv6", "[::1]:9", []string{"ada"}, "ada"},
		{"from elsewhere", "10.2.0.1:999", []string{"ada"}, ""},
		{"no address", "@", []string{"ada"}, ""},
		{"no header", "10.1.2.3:999", nil, ""},
		{"empty", "10.1.2.3:999", []string{""}, ""},
		{"two headers", "10.1.2.3:999", []string{"ada", "eve"}, ""},
		{"two in one", "10.1.2.3:999", []string{"ada, eve"}, ""},
		{"a turned text", "10.1.2.3:999", []string{"a\u202eda"}, ""},
		{"endless", "10.1.2.3:999", []string{strings.Repeat("a", 257)}, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Header[p.Header] = c.from, c.header
		who, refused := p.Identify(r)
		if who.Login != c.login || (refused == nil) != (c.login != "") {
			t.Errorf("%s: %q, %v", c.name, who.Login, refused)
		}
		if refused != nil && strings.Contains(refused.Error(), "eve") {
			t.Errorf("%s: the header is quoted: %v", c.name, refused)
		}
	}
}

// TestClientAddress: where a request comes from is told by trusted proxies alone.
func TestClientAddress(t *testing.T) {
	g := New(Options{Proxy: Proxy{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}})
	for _, c := range []struct{ from, told, want string }{
		{"192.0.2.1:5", "", "192.0.2.1:5"},
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1:5"},
		{"10.0.0.1:5", "203.0.113.9", "203.0.113.9:0"},
		{"10.0.0.1:5", "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9:0"},
		{"10.0.0.1:5", "203.0.113.9, unknown", "10.0.0.1:5"},
		{"10.0.0.1:5", "", "10.0.0.1:5"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if c.told != "" {
			r.Header.Set("X-Forwarded-For", c.told)
		}
		if got := g.ClientAddress(r); got != c.want {
			t.Errorf("from %s, told %q: %s, want %s", c.from, c.told, got, c.want)
		}
	}
}

// TestAttemptsAreBounded: however many addresses fail, so many are remembered.
func TestAttemptsAreBounded(t *testing.T) {
	var a attempts
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for i := range 3 * addressesAtOnce {
		a.failed(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}).String(), now)
	}
	if len(a.seen) > addressesAtOnce {
		t.Errorf("%d addresses are remembered", len(a.seen))
	}
	if addressOf("[2001:db8::1]:1") != addressOf("[2001:db8::ffff:0:1]:2") {
		t.Error("addresses of one customer count apart")
	}
}

// TestLocalPath: addresses below another path prefix are not ours.
func TestLocalPath(t *testing.T) {
	for _, c := range []struct {
		to, base string
		local    bool
	}{
		{"/jerem/teams", "/jerem/", true}, {"/other", "/jerem/", false}, {"/jeremy", "/jerem/", false},
		{"/", "/", true}, {"//host", "/", false}, {`/\host`, "/", false}, {"https://host", "/", false},
	} {
		if got := localPath(c.to, c.base); got != c.local {
			t.Errorf("localPath(%q, %q) = %v", c.to, c.base, got)
		}
	}
	if !slices.Contains(roles, Viewer) {
		t.Error("no role to look")
	}
}
