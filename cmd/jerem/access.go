package main

import (
	"context"
	"time"

	"jerem/access"
	"jerem/config"
	kept "jerem/store/access"
	"jerem/web"
	"jerem/web/guard"
)

// access is who may look at the pages. What is opened for it is closed by close.
func (o *office) access(ctx context.Context) (a web.Access, close func(), err error) {
	c := o.config.Access
	byToken := c.Metrics == "token" || c.Metrics == "" && guard.ListensToAll(o.config.Server.Listen)
	if c.Mode == config.AccessOff && !byToken {
		return web.Access{}, func() {}, nil // everybody may look at everything
	}
	s, err := kept.Open(ctx, kept.PathBeside(o.config.Store.Path), kept.Options{Now: time.Now, Keep: c.Keep})
	if err != nil {
		return web.Access{}, nil, err
	}
	names := make([]string, len(o.teams))
	for i, team := range o.teams {
		names[i] = team.Name
	}
	gate := access.New(access.Options{
		Mode: access.Mode(c.Mode), Rules: c.Rules, Teams: names, Log: o.log, Now: time.Now,
		Sessions: s, Tokens: s, Journal: s,
		Proxy: access.Proxy{Header: c.Header, Trusted: c.Trusted},
		OIDC: access.OIDC{Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret.Reveal(),
			Login: c.OIDC.Login, URL: o.config.Server.URL},
	})
	return web.Access{Gate: gate, MetricsByToken: byToken}, func() { _ = s.Close() }, nil
}
