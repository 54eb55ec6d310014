package setup

import (
	"net/netip"
	"net/url"
	"slices"

	"jerem/config"
	"jerem/web/guard"
)

// MetricsAccess tells whether /metrics wants a token or a login, and why: because access.metrics says so, or because
// others than who sits at this machine can ask for it. A loopback address is no proof of that where a proxy stands in
// front: then all requests come from there.
func MetricsAccess(c *config.Config) (byToken bool, because string) {
	switch {
	case c.Access.Metrics != "":
		return c.Access.Metrics == "token", "access.metrics says so"
	case guard.ListensToAll(c.Server.Listen):
		return true, "other machines reach the address that is listened on"
	case c.Access.Mode == config.AccessProxy || len(c.Access.Trusted) > 0:
		return true, "a proxy in front asks for others (access.trusted)"
	case !meansThisMachine(c.Server.URL):
		return true, "people come by server.url, which something in front leads here"
	case slices.ContainsFunc(c.Server.Hosts, func(name string) bool { return !guard.IsLoopback(name) }):
		return true, "people come by a name of server.hosts, which something in front leads here"
	}
	return false, "only who sits at this machine reaches it"
}

// meansThisMachine tells whether an address, where there is one, can be used at this machine alone.
func meansThisMachine(address string) bool {
	u, err := url.Parse(address)
	return address == "" || err == nil && guard.IsLoopback(u.Hostname())
}

// ShowsRestricted tells whether everybody may read the figures of teams that access.teams keeps for some.
func ShowsRestricted(c *config.Config) bool {
	byToken, _ := MetricsAccess(c)
	return !byToken && len(c.Access.Rules.Teams) > 0
}

// Doubt is something of a configuration that is allowed and seldom meant, and what to do about it.
type Doubt struct{ Found, Hint string }

// AccessDoubts tells what of how visitors are told apart is seldom meant.
func AccessDoubts(c *config.Config) (doubts []Doubt) {
	isTold := c.Access.Mode != config.AccessOff
	everywhere := slices.ContainsFunc(c.Access.Trusted, func(p netip.Prefix) bool { return p.Bits() == 0 })
	const nameThem = "name the addresses of the proxy alone in access.trusted"
	switch {
	case everywhere && c.Access.Mode == config.AccessProxy:
		doubts = append(doubts, Doubt{"whoever reaches this server may say who they are: access.trusted holds all " +
			"addresses", nameThem})
	case everywhere && isTold:
		doubts = append(doubts, Doubt{"whoever reaches this server may say where they come from: access.trusted " +
			"holds all addresses", nameThem})
	}
	inFront := c.Server.TLS.Cert == "" && !meansThisMachine(c.Server.URL)
	if isTold && inFront && len(c.Access.Trusted) == 0 {
		doubts = append(doubts, Doubt{"all visitors count as one where attempts are limited: server.url says that a " +
			"proxy leads here, and access.trusted does not name it",
			"write its address into access.trusted, 127.0.0.1 where it stands on this machine"})
	}
	return doubts
}
