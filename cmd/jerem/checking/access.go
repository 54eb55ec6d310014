package checking

import (
	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/config"
)

// checkAccess says who may read /metrics, where that was asked to be other than as it comes, or follows from how people
// come here.
func checkAccess(c *config.Config) []check.Finding {
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
