package serving

import (
	"context"
	"time"

	"jerem/access"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	kept "jerem/store/access"
	"jerem/web"
	"jerem/web/guard"
)

// openAccess opens who may look at the pages. What is opened for it is closed by close.
func openAccess(ctx context.Context, o *setup.Instance) (a web.Access, close func(), err error) {
	c := o.Config.Access
	byToken := c.Metrics == "token" || c.Metrics == "" && guard.ListensToAll(o.Config.Server.Listen)
	if c.Mode == config.AccessOff && !byToken {
		return web.Access{}, func() {}, nil // everybody may look at everything
	}
	s, err := kept.Open(ctx, kept.PlaceFor(o.Config.Store.Path, o.Config.Store.URL.Reveal()),
		kept.Options{Now: o.Store.Sharing.Clock(time.Now), Keep: c.Keep})
	if err != nil {
		return web.Access{}, nil, err
	}
	names := make([]string, len(o.Teams))
	for i, team := range o.Teams {
		names[i] = team.Name
	}
	gate := access.New(access.Options{
		Mode: access.Mode(c.Mode), Rules: c.Rules, Teams: names, Log: o.Log, Now: time.Now,
		Sessions: s, Tokens: s, Journal: s, Base: o.Config.Server.Base,
		Proxy: access.Proxy{Header: c.Header, Trusted: c.Trusted},
		OIDC: access.OIDC{Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret.Reveal(),
			Login: c.OIDC.Login, URL: o.Config.Server.URL},
	})
	return web.Access{Gate: gate, MetricsByToken: byToken}, func() { _ = s.Close() }, nil
}
