package checking

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"jerem/access"
	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/config"
)

// checkAccess tells whether people can come and log in, and what of that is seldom meant.
func checkAccess(ctx context.Context, c *config.Config) []check.Finding {
	findings := append(checkCertificate(c), checkProvider(ctx, c)...)
	for _, d := range setup.AccessDoubts(c) {
		findings = append(findings, check.Finding{What: "access: visitors", Part: "access", OK: true, Found: d.Found,
			Hint: d.Hint})
	}
	return append(findings, checkMetricsAccess(c)...)
}

// checkCertificate tells whether pages can be served by HTTPS, where the configuration says so.
func checkCertificate(c *config.Config) []check.Finding {
	if c.Server.TLS.Cert == "" {
		return nil
	}
	f := check.Finding{What: "access: certificate", Part: "certificate"}
	certificate, err := setup.OpenCertificate(c.Server.TLS.Cert, c.Server.TLS.Key, slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		f.Found, f.Hint = err.Error(), "give the certificate with its chain and the key that belongs to it, both as PEM"
	case certificate.Until().Before(time.Now()):
		f.Found = fmt.Sprintf("server.tls.cert %s ended on %s", c.Server.TLS.Cert,
			certificate.Until().Format(time.DateOnly))
		f.Hint = "renew it: browsers refuse it; the new files are read without a restart"
	default:
		f.OK, f.Found = true, "serves pages by HTTPS until "+certificate.Until().Format(time.DateOnly)
	}
	return []check.Finding{f}
}

// checkProvider tells whether people can be sent to the identity provider.
func checkProvider(ctx context.Context, c *config.Config) []check.Finding {
	if c.Access.Mode != config.AccessOIDC {
		return nil
	}
	f := check.Finding{What: "access: identity provider", Part: "provider"}
	if err := access.AskProvider(ctx, c.Access.OIDC.Issuer); err != nil {
		f.Found = "people cannot log in: " + err.Error()
		f.Hint = "write access.oidc.issuer as the provider itself does, a slash at its end included; " +
			"ISSUER/.well-known/openid-configuration has to answer here"
		return []check.Finding{f}
	}
	f.OK, f.Found = true, "answers at "+c.Access.OIDC.Issuer
	return []check.Finding{f}
}

// checkMetricsAccess says who may read /metrics, where that was asked to be other than as it comes, or follows from how
// people come here.
func checkMetricsAccess(c *config.Config) []check.Finding {
	byToken, because := setup.MetricsAccess(c)
	f := check.Finding{What: "access: metrics", Part: "access", OK: true}
	switch {
	case setup.ShowsRestricted(c):
		f.Found = "everybody may read /metrics, also of the teams that access.teams keeps for some: " + because
		f.Hint = "write access.metrics: token, unless that is meant"
	case byToken:
		f.Found = "/metrics wants a token or a login: " + because
		f.Hint = "jerem token create --role viewer --name prometheus makes one; access.metrics: open lets everybody " +
			"read it"
	default:
		return nil // as it comes
	}
	return []check.Finding{f}
}
