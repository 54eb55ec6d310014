package setup

import (
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
