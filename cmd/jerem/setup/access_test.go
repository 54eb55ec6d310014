package setup

import (
	"net/netip"
	"testing"

	"jerem/access/rules"
	"jerem/config"
)

// TestMetricsAccess: /metrics is open without a login only where nobody but who sits at the machine can ask for it, or
// where that is written.
func TestMetricsAccess(t *testing.T) {
	local := func() *config.Config {
		c := &config.Config{}
		c.Access.Mode, c.Server.Listen = config.AccessOff, "127.0.0.1:8080"
		return c
	}
	for name, c := range map[string]struct {
		change func(*config.Config)
		want   bool
	}{
		"as it comes":       {func(*config.Config) {}, false},
		"all addresses":     {func(c *config.Config) { c.Server.Listen = ":8080" }, true},
		"another interface": {func(c *config.Config) { c.Server.Listen = "10.1.2.4:8080" }, true},
		"a proxy beside": {func(c *config.Config) {
			c.Access.Mode = config.AccessProxy
			c.Access.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		}, true},
		"a proxy beside, by IPv6": {func(c *config.Config) {
			c.Access.Trusted = []netip.Prefix{netip.MustParsePrefix("::1/128")}
		}, true},
		"a login here behind TLS": {func(c *config.Config) {
			c.Access.Mode, c.Server.URL = config.AccessOIDC, "https://jerem.example/team"
		}, true},
		"a login here, at this machine": {func(c *config.Config) {
			c.Access.Mode, c.Server.URL = config.AccessOIDC, "http://localhost:8080"
		}, false},
		"nobody logs in, behind a name": {func(c *config.Config) { c.Server.URL = "http://jerem.example" }, true},
		"another name":                  {func(c *config.Config) { c.Server.Hosts = []string{"jerem.lan"} }, true},
		"another name of this machine":  {func(c *config.Config) { c.Server.Hosts = []string{"a.localhost"} }, false},
		"written open": {func(c *config.Config) {
			c.Access.Mode, c.Access.Metrics, c.Server.Listen = config.AccessProxy, "open", ":8080"
		}, false},
		"written token": {func(c *config.Config) { c.Access.Metrics = "token" }, true},
	} {
		conf := local()
		c.change(conf)
		conf.Access.Rules.Teams = map[string][]rules.Matcher{"BB": nil}
		got, because := MetricsAccess(conf)
		if got != c.want || because == "" || ShowsRestricted(conf) == got {
			t.Errorf("%s: by token %v, because %s", name, got, because)
		}
	}
}

// TestAccessDoubts: what lets everybody say who they are, or counts all visitors as one, is told, and nothing else is.
func TestAccessDoubts(t *testing.T) {
	trusts := func(prefixes ...string) func(*config.Config) {
		return func(c *config.Config) {
			for _, p := range prefixes {
				c.Access.Trusted = append(c.Access.Trusted, netip.MustParsePrefix(p))
			}
		}
	}
	byHTTPS := func(c *config.Config) { c.Server.TLS.Cert = "cert.pem" }
	for name, x := range map[string]struct {
		mode, url string
		change    func(*config.Config)
		want      int
	}{
		"nobody logs in":           {config.AccessOff, "https://jerem.example", trusts(), 0},
		"a proxy that is named":    {config.AccessProxy, "https://jerem.example", trusts("127.0.0.1/32"), 0},
		"all are proxies":          {config.AccessProxy, "https://jerem.example", trusts("10.0.0.0/8", "0.0.0.0/0"), 1},
		"all of IPv6 are":          {config.AccessOIDC, "https://jerem.example", trusts("::/0"), 1},
		"a proxy without a name":   {config.AccessOIDC, "https://jerem.example", trusts(), 1},
		"a proxy with one":         {config.AccessOIDC, "https://jerem.example", trusts("127.0.0.1/32"), 0},
		"HTTPS is spoken here":     {config.AccessOIDC, "https://jerem.example", byHTTPS, 0},
		"who sits at this machine": {config.AccessOIDC, "http://localhost:8080", trusts(), 0},
	} {
		c := &config.Config{}
		c.Access.Mode, c.Server.URL = x.mode, x.url
		x.change(c)
		if got := AccessDoubts(c); len(got) != x.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
