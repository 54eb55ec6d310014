package checking

import (
	"context"
	"fmt"
	"time"

	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/config"
)

// checkDigests tries the receivers of digests as far as that is told without sending anything.
func checkDigests(ctx context.Context, c *config.Config) []check.Finding {
	if len(c.Digests) == 0 {
		return nil
	}
	carrier, err := setup.NewDigestCarrier(c)
	if err != nil {
		return []check.Finding{check.FailedFinding("digest mail", "mail", err)}
	}
	var out []check.Finding
	for i, d := range c.Digests {
		what := fmt.Sprintf("digest of %s to %s", d.Team, d.Channel)
		if err := carrier.Try(ctx, setup.DigestReceiver(d)); err != nil {
			f := check.FailedFinding(what, d.Channel, err)
			f.Hint = fmt.Sprintf("look at digest[%d].to.%s of the configuration", i, d.Channel)
			if d.Channel == config.DigestMail {
				f.Hint += ", and at mail.url and mail.from"
			}
			out = append(out, f)
			continue
		}
		found := "the host answers; whether it takes a message only a message tells"
		if d.Channel == config.DigestMail {
			found = "the server takes mail to this address; none was sent"
		}
		out = append(out, check.Finding{What: what, Part: d.Channel, OK: true,
			Found: fmt.Sprintf("%s %s %s: %s", d.Team, d.Day.String()[:3], clockOf(d.Time), found),
			Details: map[string]any{"team": d.Team, "channel": d.Channel,
				"at": d.Day.String()[:3] + " " + clockOf(d.Time)}})
	}
	return out
}

// clockOf writes a time of day.
func clockOf(sinceMidnight time.Duration) string {
	minutes := int(sinceMidnight.Minutes())
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}
