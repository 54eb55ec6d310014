package access

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

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
}
