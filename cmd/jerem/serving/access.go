package serving

import (
	"context"
	"time"

	"jerem/access"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	kept "jerem/store/access"
	"jerem/web"
)

// openAccess opens who may look at the pages. What is opened for it is closed by close.
func openAccess(ctx context.Context, o *setup.Instance) (a web.Access, close func(), err error) {
	c := o.Config.Access
	byToken, because := setup.MetricsAccess(o.Config)
	tellMetricsAccess(o, byToken, because)
	for _, d := range setup.AccessDoubts(o.Config) {
		o.Log.Warn(d.Found+": "+d.Hint, "mode", c.Mode)
	}
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

// tellMetricsAccess says in the log who may read /metrics, where that follows from how people come here, or shows what
// is kept for some.
func tellMetricsAccess(o *setup.Instance, byToken bool, because string) {
	switch {
	case setup.ShowsRestricted(o.Config):
		o.Log.Warn("everybody may read /metrics, also of the teams that access.teams keeps for some: write "+
			"access.metrics: token, unless that is meant", "because", because)
	case byToken && o.Config.Access.Metrics == "":
		o.Log.Info("/metrics wants a token or a login; access.metrics: open lets everybody read it", "because", because)
	}
}
